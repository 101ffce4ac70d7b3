package io.gestalt.amqp.contract;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counter;
import io.gestalt.test.fault.FaultProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a subscriber promises when it stops, and when its connection is lost. */
interface FaultContract extends AmqpContract {

	int PREFETCH = 100;

	@Test
	default void consumesAgainWhenItsConnectionWasLost() throws Exception {
		try (FaultProxy proxy = broker().proxy(); Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			Application application = bed.subscriber(ticks, "spring.rabbitmq.port=" + proxy.port());
			for (int i = 0; i < 4; i++) {
				bed.publish(i * 500, (i + 1) * 500);
				int seen = i * 500;
				Bed.until(() -> ticks.seen.size() > seen);
				if (i % 2 == 0) {
					proxy.cut();
				}
				else {
					proxy.reset();
				}
				int connections = i + 2;
				Bed.until(() -> application.ticks().counters().get(Counter.CONNECTED) == connections);
			}
			Bed.until(() -> ticks.seen.stream().distinct().count() == 2000);
			assertThat(ticks.seen).containsAll(Bed.numbers(0, 2000));
			Bed.until(() -> bed.depth(bed.queue) == 0);
		}
	}

	/** The broker believes for a while that the first connection is there. */
	@ParameterizedTest
	@ValueSource(strings = { "mode=broadcast", "compatibility=python-gestalt" })
	default void consumesAgainSoonAlthoughTheBrokerKeepsTheQueueOfTheLastConnection(String passing) throws Exception {
		try (FaultProxy first = broker().proxy(); FaultProxy second = broker().proxy(); Bed bed = new Bed(broker())) {
			bed.channel().exchangeDeclare(bed.name, "topic", !passing.startsWith("compatibility"));
			Ticks ticks = new Ticks();
			Application application = bed.subscriber(ticks, passing, "concurrency=2",
					"spring.rabbitmq.addresses=%s:%d,%s:%d".formatted(first.host(), first.port(), second.host(),
							second.port()));
			AmqpConnections connections = application.context().getBean(AmqpConnections.class);
			Bed.until(() -> application.ticks().counters().get(Counter.CONNECTED) == 2);
			Channel channel = AmqpConnections.open(connections.consuming());
			first.refuse(true).halfOpen(true);
			connections.sever(channel);
			Bed.until(() -> application.ticks().counters().get(Counter.CONNECTED) == 4);
			assertThat(first.connections()).isPositive();
			bed.publish(0, 100);
			Bed.until(() -> ticks.seen.size() >= 100);
			assertThat(ticks.seen).containsExactlyInAnyOrderElementsOf(Bed.numbers(0, 100));
		}
	}

	@Test
	default void deliversAgainWhatWasNotFinished() throws Exception {
		try (FaultProxy proxy = broker().proxy(); Bed bed = new Bed(broker())) {
			Semaphore go = new Semaphore(0);
			Ticks stuck = new Ticks((number, acknowledgment) -> {
				go.acquire();
				return null;
			});
			bed.subscriber(stuck, "spring.rabbitmq.port=" + proxy.port());
			bed.publish(0, 10);
			Bed.until(() -> stuck.begun.size() == 1);
			proxy.refuse(true).cut();
			Ticks ticks = new Ticks();
			bed.subscriber(ticks);
			Bed.awaitExactly(ticks, Bed.numbers(0, 10));
			assertThat(ticks.headers)
				.allSatisfy((headers) -> assertThat(headers).containsEntry("amqp_redelivered", true));
			go.release(100);
		}
	}

	@Test
	default void consumesWhenTheBrokerIsReachedAtLast() throws Exception {
		try (FaultProxy proxy = broker().proxy().refuse(true); Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			Application application = bed.subscriber(ticks, "spring.rabbitmq.port=" + proxy.port());
			assertThat(application.ticks().state()).isEqualTo(EndpointState.CONNECTING);
			proxy.heal();
			Bed.until(() -> application.ticks().state() == EndpointState.READY);
			bed.publish(0, 10);
			Bed.awaitExactly(ticks, Bed.numbers(0, 10));
		}
	}

	@Test
	default void returnsWhatIsUnfinishedAndSaysHowMany() throws Exception {
		try (Bed bed = new Bed(broker())) {
			AtomicInteger handled = new AtomicInteger();
			Semaphore go = new Semaphore(50);
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				go.acquire();
				handled.incrementAndGet();
				return null;
			});
			Application application = bed.subscriber(ticks, "prefetch=" + PREFETCH);
			bed.publish(0, 200);
			Bed.until(() -> ticks.begun.size() == 51);
			Bed.until(() -> application.ticks().counters().get(Counter.HANDLED) == 50);
			Thread release = new Thread(() -> {
				Bed.until(() -> !application.ticks().running() || application.ticks().state() == EndpointState.STOPPED);
				go.release(1);
			});
			release.start();
			StopReport report = application.ticks().stop(Duration.ofSeconds(10));
			release.join();
			assertThat(handled).hasValue(51);
			assertThat(report.handled()).isEqualTo(1);
			assertThat(report.returned()).isBetween(1L, 149L);
			assertReturned(bed, 149, (int) report.returned());
		}
	}

	/** All that was not handled is there, in order, and some were away. */
	private static void assertReturned(Bed bed, int count, int returned) throws Exception {
		Ticks rest = new Ticks();
		bed.subscriber(rest);
		Bed.awaitExactly(rest, Bed.numbers(200 - count, 200));
		assertThat(rest.headers.stream().filter((headers) -> headers.get("amqp_redelivered").equals(true)).count())
			.isBetween((long) returned, (long) PREFETCH);
	}

}
