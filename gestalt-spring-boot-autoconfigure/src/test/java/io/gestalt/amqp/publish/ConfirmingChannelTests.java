package io.gestalt.amqp.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.TestConnections;
import io.gestalt.amqp.channel.ChannelKeeper;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.PublisherOptions;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointState;
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
class ConfirmingChannelTests {

	private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

	private final String queue = "confirming." + UUID.randomUUID();

	private final Counters counters = new Counters();

	private final Topology topology = new Topology(List.of(),
			List.of(new Topology.Queue(this.queue, false, false, true, Map.of())), List.of());

	private final Counting owner = new Counting();

	private TestConnections connections;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.connections = new TestConnections(broker.host(), broker.port());
	}

	@AfterEach
	void close() {
		this.connections.close();
	}

	private ConfirmingChannel channel(SendLimits limits) {
		return channel(limits, this.topology);
	}

	private ConfirmingChannel channel(SendLimits limits, Topology needed) {
		ConfirmingChannel channel = new ConfirmingChannel(
				this.connections.settings("test", needed, Duration.ofSeconds(5)), limits, needed, this.counters,
				this.owner);
		channel.start();
		return channel;
	}

	private AmqpMessage message(String key, boolean mandatory) {
		return new AmqpMessage("", key, mandatory, new AMQP.BasicProperties(), BODY);
	}

	private SendException failure(CompletableFuture<Void> future) throws Exception {
		try {
			future.get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			return (SendException) ex.getCause();
		}
		throw new AssertionError("It did not fail");
	}

	private long queued() throws IOException {
		Channel channel = AmqpConnections.open(this.connections.connections().consuming());
		return channel.messageCount(this.queue);
	}

	@Test
	void completesWhenTheBrokerHasConfirmed() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10));
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			sent.add(channel.publish(message(this.queue, false)));
		}
		CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
		assertThat(this.counters.get(Counter.SENT)).isEqualTo(5000);
		assertThat(queued()).isEqualTo(5000);
		assertThat(channel.state()).isEqualTo(EndpointState.READY);
		assertThat(channel.unconfirmed()).isZero();
		assertThat(channel.stop(Duration.ofSeconds(1))).isZero();
		assertThat(channel.state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void tellsWhatNoQueueWants() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10));
		CompletableFuture<Void> wanted = channel.publish(message(this.queue, true));
		CompletableFuture<Void> unwanted = channel.publish(message("nobody", true));
		CompletableFuture<Void> dropped = channel.publish(message("nobody", false));
		SendException failure = failure(unwanted);
		assertThat(failure.reason()).isEqualTo(Counter.RETURNED);
		assertThat(failure).hasMessageContaining("'nobody': 312 NO_ROUTE");
		wanted.get(5, TimeUnit.SECONDS);
		dropped.get(5, TimeUnit.SECONDS);
		assertThat(this.counters.get(Counter.RETURNED)).isEqualTo(1);
		assertThat(this.counters.get(Counter.SENT)).isEqualTo(2);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void tellsWhatTheBrokerRefuses() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10), full());
		channel.publish(message(this.queue, false)).get(5, TimeUnit.SECONDS);
		assertThat(failure(channel.publish(message(this.queue, false))).reason()).isEqualTo(Counter.NACKED);
		channel.stop(Duration.ofSeconds(1));
	}

	private Topology full() {
		return new Topology(List.of(), List.of(new Topology.Queue(this.queue, false, false, true,
				Map.of("x-max-length", 1, "x-overflow", "reject-publish"))), List.of());
	}

	@Test
	void keepsItsChannelWhenAFullQueueRefusesNowAndThen() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10), full());
		channel.publish(message(this.queue, false)).get(5, TimeUnit.SECONDS);
		for (int i = 0; i < 3; i++) {
			assertThat(failure(channel.publish(message(this.queue, false))).reason()).isEqualTo(Counter.NACKED);
			await().pollDelay(Duration.ofMillis(600)).until(() -> channel.state() == EndpointState.READY);
		}
		assertThat(this.owner.lost).hasValue(0);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void triesOtherChannelsLessAndLessOftenWhenEverythingIsRefused() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10), full());
		channel.publish(message(this.queue, false)).get(5, TimeUnit.SECONDS);
		long start = System.nanoTime();
		while (System.nanoTime() - start < Duration.ofSeconds(6).toNanos()) {
			assertThat(failure(channel.publish(message(this.queue, false))).reason()).isIn(Counter.NACKED,
					Counter.DROPPED_LOST);
		}
		assertThat(this.owner.lost.get()).isBetween(1, 3);
		assertThat(this.counters.get(Counter.DROPPED_LOST)).isLessThanOrEqualTo(3);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void tellsMessagesOfTheSameIdentifierApart() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(1000));
		AMQP.BasicProperties same = new AMQP.BasicProperties.Builder().messageId("same").build();
		List<CompletableFuture<Void>> wanted = new ArrayList<>();
		List<CompletableFuture<Void>> unwanted = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			wanted.add(channel.publish(new AmqpMessage("", this.queue, true, same, BODY)));
			unwanted.add(channel.publish(new AmqpMessage("", "nobody", true, same, BODY)));
		}
		CompletableFuture.allOf(wanted.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
		for (CompletableFuture<Void> future : unwanted) {
			assertThat(failure(future).reason()).isEqualTo(Counter.RETURNED);
		}
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void doesNotStartIfItCouldNotTellWhatComesBack() {
		AmqpPublisher publisher = new AmqpPublisher(
				this.connections.settings("test", this.topology, Duration.ofSeconds(5)),
				new PublisherOptions("", this.queue, PublisherOptions.Delivery.AT_MOST_ONCE, true, 1, OnFull.BLOCK));
		assertThatExceptionOfType(EndpointException.class).isThrownBy(publisher::start)
			.withMessageContaining("Endpoint 'test'")
			.withMessageContaining("'mandatory' needs 'delivery' 'at-least-once'");
		assertThat(publisher.running()).isFalse();
	}

	@Test
	void writesWithoutConfirms() throws Exception {
		ConfirmingChannel channel = channel(new SendLimits(false, 1, OnFull.BLOCK));
		for (int i = 0; i < 100; i++) {
			assertThat(channel.publish(message(this.queue, false))).isCompleted();
		}
		await().until(() -> queued() == 100);
		assertThat(this.counters.get(Counter.SENT)).isEqualTo(100);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void refusesWhatCannotBeSentAndGoesOn() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10));
		SendException failure = failure(channel.publish(message("k".repeat(300), false)));
		assertThat(failure.reason()).isEqualTo(Counter.REFUSED);
		channel.publish(message(this.queue, false)).get(5, TimeUnit.SECONDS);
		assertThat(this.counters.get(Counter.SENT)).isEqualTo(1);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void opensAnotherChannelWhenTheBrokerClosesIt() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10));
		SendException failure = failure(
				channel.publish(new AmqpMessage("no.such", "key", false, new AMQP.BasicProperties(), BODY)));
		assertThat(failure.reason()).isEqualTo(Counter.DROPPED_LOST);
		assertThat(failure).hasMessageContaining("no exchange 'no.such'");
		channel.publish(message(this.queue, false)).get(5, TimeUnit.SECONDS);
		assertThat(channel.lastError()).hasMessageContaining("no exchange 'no.such'");
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void refusesAtOnceIfToldNotToWait() throws Exception {
		ConfirmingChannel channel = channel(new SendLimits(true, 1, OnFull.FAIL));
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			sent.add(channel.publish(message(this.queue, false)));
		}
		CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
			.handle((done, failure) -> null)
			.get(10, TimeUnit.SECONDS);
		assertThat(this.counters.get(Counter.REFUSED)).isPositive();
		assertThat(this.counters.get(Counter.SENT) + this.counters.get(Counter.REFUSED)).isEqualTo(200);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void mayPublishOnceMoreWhenOneIsConfirmed() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(1));
		CompletableFuture<Void> chain = channel.publish(message(this.queue, false));
		for (int i = 0; i < 50; i++) {
			chain = chain.thenCompose((done) -> channel.publish(message(this.queue, false)));
		}
		chain.get(10, TimeUnit.SECONDS);
		assertThat(this.counters.get(Counter.SENT)).isEqualTo(51);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void mayBeUsedByWhoeverIsToldThatItIsOpen() throws Exception {
		AmqpSettings settings = this.connections.settings("test", this.topology, Duration.ofSeconds(30), (event) -> {
			if (event instanceof EndpointEvent.PeerConnected connected) {
				connected.peer().send("at once");
			}
		});
		AmqpPublisher publisher = new AmqpPublisher(settings,
				new PublisherOptions("", this.queue, PublisherOptions.Delivery.AT_LEAST_ONCE, false, 1, OnFull.BLOCK));
		publisher.start();
		assertThat(publisher.stop(Duration.ofSeconds(5)).dropped()).isZero();
		assertThat(publisher.counters().get(Counter.SENT)).isEqualTo(1);
	}

	@Test
	void isClosedAfterItsStop() throws Exception {
		ConfirmingChannel channel = channel(SendLimits.confirmed(10));
		channel.stop(Duration.ofSeconds(1));
		assertThat(failure(channel.publish(message(this.queue, false)))).hasMessageContaining("is closed");
		channel.start();
		channel.publish(message(this.queue, false)).get(5, TimeUnit.SECONDS);
		channel.stop(Duration.ofSeconds(1));
	}

	@Test
	void doesNotStartOverAQueueOfAnotherKind() throws Exception {
		channel(SendLimits.confirmed(10));
		Topology other = new Topology(List.of(), List.of(new Topology.Queue(this.queue, true, false, true, Map.of())),
				List.of());
		assertThatExceptionOfType(TopologyException.class).isThrownBy(() -> channel(SendLimits.confirmed(10), other))
			.withMessage(
					"Endpoint 'test': RabbitMQ refused queue '%s': it exists with 'durable' 'false', wanted is 'true'"
						.formatted(this.queue));
	}

	private static final class Counting implements ChannelKeeper.User {

		private final AtomicInteger lost = new AtomicInteger();

		@Override
		public void opened(Channel channel) {
		}

		@Override
		public void lost(Channel channel, ShutdownSignalException cause) {
			this.lost.incrementAndGet();
		}

		@Override
		public void failed(Exception cause, Duration retryIn) {
		}

	}

}
