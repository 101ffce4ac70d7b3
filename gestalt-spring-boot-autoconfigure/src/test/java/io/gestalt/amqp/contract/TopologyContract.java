package io.gestalt.amqp.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What an application promises about exchanges and queues. */
interface TopologyContract extends AmqpContract {

	@Test
	default void declaresWhatIsNotThere() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.subscriber(new Ticks());
			assertThat(bed.depth(bed.queue)).isZero();
			assertThat(bed.depth(bed.deadLetters)).isZero();
			bed.channel().exchangeDeclarePassive(bed.name);
		}
	}

	@Test
	default void takesWhatIsThereAlready() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.subscriber(new Ticks()).close();
			Ticks ticks = new Ticks();
			bed.subscriber(ticks);
			bed.subscriber(new Ticks(), "gestalt.amqp.topology=verify").close();
			bed.subscriber(new Ticks(), "gestalt.amqp.topology=none").close();
			bed.publish(0, 10);
			Bed.until(() -> ticks.seen.size() > 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "verify, mode=broadcast", "none, mode=broadcast", "verify, compatibility=python-gestalt",
			"none, compatibility=python-gestalt" })
	default void createsInAnyModeWhatBelongsToAConnection(String mode, String passing) throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.channel().exchangeDeclare(bed.name, "topic", true);
			Ticks ticks = new Ticks();
			bed.subscriber(ticks, passing, "gestalt.amqp.topology=" + mode);
			bed.publish(0, 10);
			Bed.awaitExactly(ticks, Bed.numbers(0, 10));
		}
	}

	@Test
	default void doesNotStartWithoutWhatMustBeThere() throws Exception {
		try (Bed bed = new Bed(broker())) {
			assertThatException().isThrownBy(() -> bed.subscriber(new Ticks(), "gestalt.amqp.topology=verify"))
				.withRootCauseInstanceOf(com.rabbitmq.client.ShutdownSignalException.class)
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining(TopologyException.class.getName())
					.hasStackTraceContaining("refused exchange '%s'".formatted(bed.name)));
			assertThat(bed.depth(bed.queue)).isEqualTo(-1);
		}
	}

	@Test
	default void doesNotStartWithAnExchangeOfAnotherType() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.channel().exchangeDeclare(bed.name, "direct", true);
			assertThatException().isThrownBy(() -> bed.publisher())
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining(TopologyException.class.getName())
					.hasStackTraceContaining("refused exchange '%s'".formatted(bed.name)));
		}
	}

	@Test
	default void doesNotStartWithAQueueOfOtherArguments() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.channel().queueDeclare(bed.queue, true, false, false, Map.of());
			assertThatException().isThrownBy(() -> bed.subscriber(new Ticks()))
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining(TopologyException.class.getName()));
		}
	}

	@Test
	default void consumesAgainWhenItsQueueWasDeleted() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			Application application = bed.subscriber(ticks);
			bed.publish(0, 10);
			Bed.awaitExactly(ticks, Bed.numbers(0, 10));
			Channel channel = bed.channel();
			channel.queueDelete(bed.queue);
			Bed.until(() -> bed.depth(bed.queue) == 0 && application.ticks().state() == EndpointState.READY);
			bed.publish(10, 20);
			Bed.awaitExactly(ticks, Bed.numbers(0, 20));
		}
	}

	@Test
	default void isBoundAgainWhenItsExchangeWasDeleted() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			Application application = bed.subscriber(ticks);
			AmqpPublisher prices = bed.publisher("mandatory=true").prices();
			bed.channel().exchangeDelete(bed.name);
			Awaitility.await()
				.atMost(Bed.SOON.multipliedBy(2))
				.pollInterval(Duration.ofMillis(200))
				.until(() -> prices.sendAsync(7).handle((done, failure) -> failure == null).get(10, TimeUnit.SECONDS));
			Bed.until(() -> ticks.seen.size() == 1);
			assertThat(application.ticks().counters().get(Counter.DISCONNECTED)).isZero();
		}
	}

	@Test
	default void putsAsideAlthoughTheDeadLetterQueueWasDeleted() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				throw new IllegalStateException("on purpose");
			});
			bed.subscriber(ticks, "retry.attempts=1");
			bed.channel().queueDelete(bed.deadLetters);
			bed.publish(7, 8);
			assertThat(bed.await(bed.deadLetters).getBody()).asString().isEqualTo("7");
			assertThat(ticks.begun).containsExactlyElementsOf(List.of(7));
		}
	}

}
