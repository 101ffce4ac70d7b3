package io.gestalt.amqp.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.amqp.TestConnections;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.PublisherOptions;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import io.gestalt.transport.queue.OnFull;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(120)
class OutgoingTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final String queue = "outgoing." + UUID.randomUUID();

	private final String replies = "replies." + UUID.randomUUID();

	private final Topology topology = new Topology(List.of(), List.of(passing(this.queue), passing(this.replies)),
			List.of());

	private final Counters counters = new Counters();

	private final ExecutorService worker = Executors.newCachedThreadPool();

	private TestConnections connections;

	private AmqpPublisher publisher;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.connections = new TestConnections(broker.host(), broker.port());
		this.publisher = new AmqpPublisher(settings(), new PublisherOptions("", this.queue,
				PublisherOptions.Delivery.AT_LEAST_ONCE, false, 100, OnFull.BLOCK));
		this.publisher.start();
	}

	@AfterEach
	void close() {
		this.publisher.stop(Duration.ZERO);
		this.connections.close();
		this.worker.shutdownNow();
	}

	private static Topology.Queue passing(String name) {
		return new Topology.Queue(name, false, false, true, Map.of());
	}

	private AmqpSettings settings() {
		AmqpSettings plain = this.connections.settings("test", this.topology, LIMIT);
		AmqpResources resources = plain.resources();
		return new AmqpSettings("test", plain.codec(), new AmqpResources(resources.connections(), resources.scheduler(),
				this.worker, resources.reconnect(), resources.topology()), this.topology, LIMIT, plain.observer());
	}

	private AmqpMessage message() {
		return new AmqpMessage("", this.replies, false, new AMQP.BasicProperties(),
				"hello".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void doesNotKeepTheConnectionFromBeingRead() throws Exception {
		Outgoing outgoing = new Outgoing(settings(), this.counters);
		outgoing.start();
		Thread sender = Thread.currentThread();
		Duration taken = Duration.ZERO;
		while (this.counters.get(Counter.OFFERED) == 0) {
			taken = this.publisher.sendAsync("first").thenApply((done) -> {
				long start = System.nanoTime();
				if (Thread.currentThread() != sender) {
					outgoing.publish(message());
				}
				return Duration.ofNanos(System.nanoTime() - start);
			}).get(30, TimeUnit.SECONDS);
		}
		assertThat(taken).isLessThan(Duration.ofSeconds(2));
		outgoing.publish(message()).get(10, TimeUnit.SECONDS);
		assertThat(outgoing.stop(LIMIT)).isZero();
	}

	@Test
	void repliesWhenAMessageOfTheHandlerIsConfirmed() throws Exception {
		AmqpSubscriber subscriber = new AmqpSubscriber(settings(),
				new SubscriberOptions(this.queue, false, Map.of(), 10, 1, 1, SubscriberOptions.Ack.AFTER, null,
						new SubscriberOptions.Retry(1, Duration.ofMillis(10), 2, Duration.ofMillis(10)), null));
		AmqpPublisher onward = new AmqpPublisher(settings(), new PublisherOptions("amq.fanout", "",
				PublisherOptions.Delivery.AT_LEAST_ONCE, false, 100, OnFull.BLOCK));
		onward.start();
		subscriber.listen(
				Listener.of(String.class, (text, context) -> onward.sendAsync(text).thenApply((done) -> "passed on")));
		subscriber.start();
		Channel channel = AmqpConnections.open(this.connections.connections().consuming());
		channel.basicPublish("", this.queue,
				new AMQP.BasicProperties.Builder().contentType("application/json").replyTo(this.replies).build(),
				"\"hello\"".getBytes(StandardCharsets.UTF_8));
		await().atMost(Duration.ofSeconds(30)).until(() -> subscriber.counters().get(Counter.HANDLED) == 1);
		await().atMost(LIMIT).until(() -> channel.messageCount(this.replies) == 1);
		subscriber.stop(LIMIT);
		onward.stop(LIMIT);
	}

	@Test
	void movesNothingBackUnlessItsEndpointRuns() {
		AmqpSubscriber subscriber = new AmqpSubscriber(settings(),
				new SubscriberOptions(this.queue, false, Map.of(), 10, 1, 1, SubscriberOptions.Ack.AFTER, null,
						new SubscriberOptions.Retry(1, Duration.ofMillis(10), 2, Duration.ofMillis(10)),
						new SubscriberOptions.DeadLetter("amq.direct", this.queue, this.replies)));
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> subscriber.replay(1))
			.withMessageContaining("is not running");
	}

	@Test
	void refusesWhatComesAfterTheStop() throws Exception {
		Outgoing outgoing = new Outgoing(settings(), this.counters);
		outgoing.start();
		outgoing.publish(message()).get(10, TimeUnit.SECONDS);
		outgoing.stop(LIMIT);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> outgoing.publish(message()).get(10, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(SendException.class)
			.withMessageContaining("the endpoint is closed");
		outgoing.start();
		outgoing.publish(message()).get(10, TimeUnit.SECONDS);
		assertThat(outgoing.stop(LIMIT)).isZero();
	}

}
