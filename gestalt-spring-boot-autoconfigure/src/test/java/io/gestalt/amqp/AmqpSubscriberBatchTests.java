package io.gestalt.amqp;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.receive.DeadLetters;
import io.gestalt.amqp.settings.SubscriberOptions.Ack;
import io.gestalt.amqp.settings.SubscriberOptions.Batch;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.Counter;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(RabbitExtension.class)
@Timeout(120)
class AmqpSubscriberBatchTests {

	private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

	private QueueBed bed;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.bed = new QueueBed(broker);
		this.bed.batch = new Batch(10, Duration.ofMillis(500));
	}

	@AfterEach
	void close() throws Exception {
		this.bed.close();
	}

	@SuppressWarnings("unchecked")
	private AmqpSubscriber subscriber(Consumer<List<Integer>> handler) {
		return this.bed.subscriber(Listener.builder().other(new Numbers(), (payload, context) -> {
			handler.accept((List<Integer>) payload);
			this.batches.add((List<Integer>) payload);
			return null;
		}).build());
	}

	private long handled() {
		return this.batches.stream().mapToInt(List::size).sum();
	}

	@Test
	void collectsUpToASizeAndUpToATime() throws Exception {
		this.bed.declare();
		this.bed.publish(0, 25);
		AmqpSubscriber subscriber = subscriber((batch) -> {
		});
		subscriber.start();
		Waiting.until(() -> handled() == 25);
		assertThat(this.batches).hasSizeLessThanOrEqualTo(5).allMatch((batch) -> batch.size() <= 10);
		assertThat(this.batches.stream().flatMap(List::stream))
			.containsExactlyElementsOf(IntStream.range(0, 25).boxed().toList());
		assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
		this.bed.awaitDepth(0);
		assertThat(subscriber.counters().get(Counter.HANDLED)).isEqualTo(25);
	}

	@Test
	void putsAsideWhatItsSerializerFailsOnInAnyWay() throws Exception {
		AmqpSubscriber subscriber = subscriber((batch) -> {
		});
		subscriber.start();
		for (String failure : BrokenSerializer.FAILURES) {
			this.bed.publish(failure, QueueBed.properties().contentType(BrokenSerializer.CONTENT_TYPE).build());
		}
		this.bed.publish(0, 5);
		Waiting.until(() -> handled() == 5 && subscriber.counters().get(Counter.DEAD_LETTERED) == 4);
		assertThat(subscriber.counters().get(Counter.UNDECODABLE)).isEqualTo(4);
		assertThat(subscriber.counters().get(Counter.RECEIVED)).isEqualTo(9);
		assertThat(subscriber.counters().get(Counter.DISCONNECTED)).isZero();
	}

	@Test
	void triesAgainAsAWholeAndThenEachByItself() throws Exception {
		this.bed.declare();
		this.bed.publish(0, 5);
		this.bed.publish("no json", QueueBed.properties().build());
		this.bed.publish(6, 10);
		Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
		AmqpSubscriber subscriber = subscriber((batch) -> {
			sizes.add(batch.size());
			if (batch.contains(3)) {
				throw new IllegalStateException("three is bad");
			}
		});
		subscriber.start();
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 2 && handled() == 8);
		assertThat(this.batches.stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1, 2, 4, 6, 7, 8, 9);
		assertThat(sizes).containsExactly(9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1);
		GetResponse first = this.bed.take(this.bed.deadLetters);
		assertThat(first.getProps().getHeaders().get(DeadLetters.REASON)).hasToString("undecodable");
		GetResponse second = this.bed.take(this.bed.deadLetters);
		assertThat(second.getProps().getHeaders().get(DeadLetters.REASON)).hasToString("failed");
		assertThat(second.getProps().getHeaders().get(DeadLetters.ATTEMPTS)).hasToString("4");
		subscriber.stop(Duration.ofSeconds(5));
		this.bed.awaitDepth(0);
	}

	@Test
	@SuppressWarnings("unchecked")
	void letsTheHandlerAcknowledgeAllOfThem() throws Exception {
		this.bed.ack = Ack.MANUAL;
		this.bed.declare();
		this.bed.publish(0, 10);
		AmqpSubscriber subscriber = this.bed.subscriber(Listener.builder().other(new Numbers(), (payload, context) -> {
			this.batches.add((List<Integer>) payload);
			context.acknowledgment().acknowledge();
			return null;
		}).build());
		subscriber.start();
		Waiting.until(() -> handled() == 10);
		assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
		this.bed.awaitDepth(0);
	}

	@Test
	void refusesAHandlerThatTakesNoList() {
		AmqpSubscriber subscriber = this.bed.subscriber((payload, context) -> null);
		assertThatExceptionOfType(EndpointException.class).isThrownBy(subscriber::start)
			.withMessageEndingWith("collects batches, but its handler takes 'java.lang.Integer' and no list");
	}

	private static final class Numbers implements ParameterizedType {

		@Override
		public Type[] getActualTypeArguments() {
			return new Type[] { Integer.class };
		}

		@Override
		public Type getRawType() {
			return List.class;
		}

		@Override
		public @Nullable Type getOwnerType() {
			return null;
		}

	}

}
