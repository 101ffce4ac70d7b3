package io.gestalt.amqp;

import java.time.Duration;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.NoOpMetricsCollector;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageContext;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

@ExtendWith(RabbitExtension.class)
@Timeout(900)
class AmqpSubscriberFaultTests {

	private static final boolean LONG = Boolean.getBoolean("gestalt.long");

	private final BitSet handled = new BitSet();

	private synchronized Object handle(Integer payload, MessageContext context) {
		this.handled.set(payload);
		return null;
	}

	private synchronized int handled() {
		return this.handled.cardinality();
	}

	private static void awaitConsuming(AmqpSubscriber subscriber, QueueBed bed) {
		Waiting.until(Duration.ofSeconds(10), () -> subscriber.state() == EndpointState.READY
				&& bed.channel().queueDeclarePassive(bed.name).getConsumerCount() == bed.min);
	}

	@Test
	void consumesAgainAfterItsQueueWasDeleted(RabbitBroker broker) throws Exception {
		try (QueueBed bed = new QueueBed(broker)) {
			bed.min = 3;
			bed.max = 3;
			AmqpSubscriber subscriber = bed.start(this::handle);
			awaitConsuming(subscriber, bed);
			for (int i = 0; i < 3; i++) {
				bed.channel().queueDelete(bed.name);
				Waiting.until(Duration.ofSeconds(10), () -> {
					try {
						return bed.channel().queueDeclarePassive(bed.name).getConsumerCount() == 3;
					}
					catch (java.io.IOException ex) {
						return false;
					}
				});
				bed.publish(i * 100, (i + 1) * 100);
				int count = (i + 1) * 100;
				Waiting.until(() -> handled() == count);
			}
			assertThat(subscriber.state()).isEqualTo(EndpointState.READY);
		}
	}

	@Test
	void losesNothingWhenConnectionsAreCut(RabbitBroker broker) throws Exception {
		int cuts = LONG ? 200 : 10;
		try (FaultProxy proxy = new FaultProxy(broker.host(), broker.port());
				QueueBed bed = new QueueBed(broker, proxy.host(), proxy.port())) {
			bed.min = 2;
			bed.max = 2;
			AmqpSubscriber subscriber = bed.start(this::handle);
			int published = 0;
			for (int i = 0; i < cuts; i++) {
				awaitConsuming(subscriber, bed);
				bed.publish(published, published + 500);
				if (i % 2 == 0) {
					proxy.cut();
				}
				else {
					proxy.reset();
				}
				published += 500;
			}
			int all = published;
			Waiting.until(() -> handled() == all);
			assertThat(subscriber.counters().get(Counter.DISCONNECTED)).isGreaterThanOrEqualTo(cuts);
			Waiting.until(() -> bed.depth() == 0);
			assertThat(Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().matches("gestalt-amqp-%s-[0-9]+".formatted(bed.name)))).hasSize(2);
			subscriber.stop(Duration.ofSeconds(5));
			bed.awaitDepth(0);
		}
	}

	@Test
	void losesNothingWhenTheBrokerRestarts() throws Exception {
		RabbitBroker broker = RabbitBroker.launch().orElse(null);
		assumeThat(broker).isNotNull();
		try (broker; QueueBed bed = new QueueBed(broker)) {
			AmqpSubscriber subscriber = bed.start(this::handle);
			int published = 0;
			for (int i = 0; i < (LONG ? 20 : 2); i++) {
				bed.publish(published, published + 2000);
				if (i % 2 == 0) {
					broker.stop();
				}
				else {
					broker.kill();
				}
				Waiting.until(() -> subscriber.state() == EndpointState.CONNECTING);
				assertThat(subscriber.lastError()).isNotNull();
				broker.start();
				awaitConsuming(subscriber, bed);
				published += 2000;
			}
			int all = published;
			Waiting.until(() -> handled() == all);
			assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
			bed.awaitDepth(0);
		}
	}

	@Test
	void goesOnAfterADeliveryForWhichThereIsNoMemory(RabbitBroker broker) throws Exception {
		try (QueueBed bed = new QueueBed(broker)) {
			AtomicInteger deliveries = new AtomicInteger();
			bed.metrics = new NoOpMetricsCollector() {

				@Override
				public void consumedMessage(Channel channel, long tag, String consumer) {
					if (deliveries.incrementAndGet() == 5) {
						throw new OutOfMemoryError("pretended");
					}
				}

			};
			AmqpSubscriber subscriber = bed.start(this::handle);
			bed.publish(0, 100);
			Waiting.until(Duration.ofSeconds(20), () -> handled() == 100);
			// what had come before the channel was closed comes again
			bed.awaitDepth(subscriber.stop(Duration.ofSeconds(5)).returned());
		}
	}

	@Test
	void startsBeforeTheBrokerIsThere(RabbitBroker broker) throws Exception {
		try (FaultProxy proxy = new FaultProxy(broker.host(), broker.port()).refuse(true);
				QueueBed bed = new QueueBed(broker, proxy.host(), proxy.port())) {
			AmqpSubscriber subscriber = bed.start(this::handle);
			assertThat(subscriber.state()).isEqualTo(EndpointState.CONNECTING);
			assertThat(subscriber.lastError()).isNotNull();
			proxy.heal();
			Waiting.until(Duration.ofSeconds(10), () -> subscriber.state() == EndpointState.READY);
			assertThat(subscriber.lastError()).isNull();
			bed.publish(0, 10);
			Waiting.until(() -> handled() == 10);
		}
	}

	@Test
	void doesNotStartWithAQueueThatIsOtherThanWanted(RabbitBroker broker) throws Exception {
		try (QueueBed bed = new QueueBed(broker)) {
			bed.channel().queueDeclare(bed.name, true, false, false, null);
			assertThatExceptionOfType(TopologyException.class).isThrownBy(() -> bed.start(this::handle))
				.satisfies((ex) -> assertThat(ex.difference().argument()).isEqualTo("x-dead-letter-exchange"));
		}
	}

	@Test
	void stopsInTimeAlthoughTheBrokerIsSilent(RabbitBroker broker) throws Exception {
		try (FaultProxy proxy = new FaultProxy(broker.host(), broker.port());
				QueueBed bed = new QueueBed(broker, proxy.host(), proxy.port())) {
			AmqpSubscriber subscriber = bed.start(this::handle);
			awaitConsuming(subscriber, bed);
			proxy.halfOpen(true);
			assertThat(subscriber.stop(Duration.ofSeconds(1)).elapsed()).isLessThan(Duration.ofSeconds(10));
			proxy.heal();
			proxy.cut();
		}
	}

	@Test
	void returnsExactlyWhatItHasNotHandledUnderLoad(RabbitBroker broker) throws Exception {
		int rounds = LONG ? 50 : 5;
		for (int i = 0; i < rounds; i++) {
			try (QueueBed bed = new QueueBed(broker)) {
				bed.min = 2;
				bed.max = 2;
				AtomicInteger count = new AtomicInteger();
				bed.declare();
				bed.publish(0, 3000);
				AmqpSubscriber subscriber = bed.start((payload, context) -> count.incrementAndGet());
				Waiting.until(() -> count.get() > 500);
				StopReport report = subscriber.stop(Duration.ofSeconds(10));
				bed.awaitDepth(3000 - count.get());
				assertThat(subscriber.counters().get(Counter.HANDLED)).isEqualTo(count.get());
				assertThat(report.returned()).isEqualTo(redelivered(bed));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "classic", "quorum" })
	void keepsTheOrderWhenItStopsAndStartsAgain(String type, RabbitBroker broker) throws Exception {
		int rounds = LONG ? 400 : 10;
		try (QueueBed bed = new QueueBed(broker)) {
			bed.queueArguments.put("x-queue-type", type);
			Queue<Integer> order = new ConcurrentLinkedQueue<>();
			AmqpSubscriber subscriber = bed.subscriber((payload, context) -> {
				LockSupport.parkNanos(500_000);
				return order.add(payload);
			});
			int published = 0;
			for (int i = 0; i < rounds; i++) {
				subscriber.start();
				int last = published + 10;
				for (; published < last; published++) {
					bed.publish(String.valueOf(published), QueueBed.properties().build());
				}
				subscriber.stop(Duration.ofSeconds(10));
				bed.channel().waitForConfirmsOrDie(30_000);
				bed.awaitDepth(published - order.size());
			}
			subscriber.start();
			int all = published;
			Waiting.until(() -> order.size() >= all);
			assertThat(order).containsExactlyElementsOf(IntStream.range(0, all).boxed().toList());
		}
	}

	/** What the broker had given away and has taken back, it says so. */
	private static long redelivered(QueueBed bed) throws Exception {
		long count = 0;
		for (long left = bed.depth(); left > 0; left--) {
			count += bed.take(bed.name).getEnvelope().isRedeliver() ? 1 : 0;
		}
		return count;
	}

	@Test
	void addsConsumersWhileWorkPilesUp(RabbitBroker broker) throws Exception {
		try (QueueBed bed = new QueueBed(broker)) {
			bed.max = 3;
			bed.prefetch = 10;
			AtomicBoolean fast = new AtomicBoolean();
			CompletableFuture<Void> finish = new CompletableFuture<>();
			AmqpSubscriber subscriber = bed.start((payload, context) -> {
				if (!fast.get()) {
					finish.get(60, TimeUnit.SECONDS);
				}
				return handle(payload, context);
			});
			bed.publish(0, 200);
			Waiting.until(() -> subscriber.consumers() == 3);
			fast.set(true);
			finish.complete(null);
			Waiting.until(() -> handled() == 200);
		}
	}

}
