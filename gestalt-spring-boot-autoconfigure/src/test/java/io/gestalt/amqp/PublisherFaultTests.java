package io.gestalt.amqp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.settings.PublisherOptions;
import io.gestalt.amqp.settings.PublisherOptions.Delivery;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.message.SendException;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import io.gestalt.transport.queue.OnFull;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of a publisher when its network or its broker fails. */
@ExtendWith(RabbitExtension.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("slow")
class PublisherFaultTests {

	private static final boolean LONG = Boolean.getBoolean("gestalt.long");

	private static final Duration SOON = Duration.ofSeconds(30);

	private final String queue = "faults." + UUID.randomUUID();

	private final Topology topology = new Topology(List.of(),
			List.of(new Topology.Queue(this.queue, true, false, false, Map.of())), List.of());

	private RabbitBroker broker;

	private FaultProxy proxy;

	@BeforeEach
	void open(RabbitBroker shared) {
		this.broker = shared;
		this.proxy = new FaultProxy(shared.host(), shared.port());
	}

	@AfterEach
	void close() {
		this.proxy.close();
		try (TestConnections direct = new TestConnections(this.broker.host(), this.broker.port())) {
			AmqpConnections.open(direct.connections().consuming()).queueDelete(this.queue);
		}
		catch (Exception ex) {
			// it was never there
		}
	}

	private AmqpPublisher publisher(TestConnections connections, Duration sendTimeout) {
		AmqpPublisher publisher = new AmqpPublisher(connections.settings("prices", this.topology, sendTimeout),
				new PublisherOptions("", this.queue, Delivery.AT_LEAST_ONCE, false, 1000, OnFull.BLOCK));
		publisher.start();
		return publisher;
	}

	private void verify(PublishedLoad load, RabbitBroker at) throws Exception {
		load.finish();
		try (TestConnections direct = new TestConnections(at.host(), at.port())) {
			Channel channel = AmqpConnections.open(direct.connections().consuming());
			load.verify(channel, this.queue);
		}
	}

	private static void awaitReady(AmqpPublisher publisher) {
		await().atMost(SOON).until(() -> publisher.state() == EndpointState.READY);
	}

	@Test
	void losesNothingConfirmedWhenConnectionsAreCut() throws Exception {
		try (TestConnections connections = new TestConnections(this.proxy.host(), this.proxy.port())) {
			AmqpPublisher publisher = publisher(connections, Duration.ofSeconds(5));
			try (PublishedLoad load = new PublishedLoad(publisher, Duration.ZERO)) {
				for (int i = 0; i < 10; i++) {
					load.awaitMore(300);
					if (i % 2 == 0) {
						this.proxy.cut();
					}
					else {
						this.proxy.reset();
					}
				}
				load.awaitMore(300);
				verify(load, this.broker);
				assertThat(publisher.counters().get(Counter.DISCONNECTED)).isEqualTo(10);
				assertThat(publisher.stop(Duration.ofSeconds(5)).dropped()).isZero();
			}
		}
	}

	@Test
	void losesNothingConfirmedWhenTheBrokerRestarts() throws Exception {
		try (RabbitBroker own = RabbitBroker.launch().orElseThrow();
				TestConnections connections = new TestConnections(own.host(), own.port())) {
			AmqpPublisher publisher = publisher(connections, Duration.ofSeconds(1));
			persistTopology(own);
			try (PublishedLoad load = new PublishedLoad(publisher, Duration.ofMillis(1))) {
				for (int i = 0; i < (LONG ? 20 : 2); i++) {
					load.awaitMore(200);
					if (i % 2 == 0) {
						own.kill();
					}
					else {
						own.stop();
					}
					await().atMost(SOON).until(() -> publisher.state() == EndpointState.CONNECTING);
					own.start();
					awaitReady(publisher);
				}
				load.awaitMore(200);
				verify(load, own);
			}
			publisher.stop(Duration.ofSeconds(5));
		}
	}

	/**
	 * RabbitMQ 3.10 that is killed moments after a queue was declared has forgotten it
	 * once in about 60 times, whichever client was used, and with it all that was
	 * confirmed. This writes the declaration to the disk.
	 */
	private static void persistTopology(RabbitBroker broker) {
		broker.control("eval", "catch mnesia:sync_log().");
	}

	@Test
	void waitsWhileTheBrokerTakesNothing() throws Exception {
		try (RabbitBroker own = RabbitBroker.launch().orElseThrow();
				TestConnections connections = new TestConnections(own.host(), own.port())) {
			AmqpPublisher publisher = publisher(connections, Duration.ofSeconds(1));
			publisher.sendAsync("before").get(10, TimeUnit.SECONDS);
			own.alarm(true);
			await().atMost(SOON).until(() -> {
				publisher.sendAsync("first");
				return publisher.state() == EndpointState.BLOCKED;
			});
			long start = System.nanoTime();
			SendException refusal = failure(publisher.sendAsync("blocked"));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900),
					Duration.ofSeconds(3));
			assertThat(refusal.reason()).isEqualTo(Counter.REFUSED);
			assertThat(refusal).hasMessageContaining("takes none at present: low on memory");
			await().atMost(SOON).until(() -> publisher.unconfirmed() == 0);
			CompletableFuture<Void> cleared = CompletableFuture.runAsync(() -> own.alarm(false));
			awaitReady(publisher);
			publisher.sendAsync("after").get(10, TimeUnit.SECONDS);
			cleared.get(30, TimeUnit.SECONDS);
			publisher.stop(Duration.ofSeconds(5));
		}
	}

	@Test
	void noticesAConnectionThatIsHalfOpen() throws Exception {
		try (TestConnections connections = new TestConnections(this.proxy.host(), this.proxy.port(), 1)) {
			AmqpPublisher publisher = publisher(connections, Duration.ofSeconds(1));
			publisher.sendAsync("before").get(10, TimeUnit.SECONDS);
			this.proxy.halfOpen(true);
			long start = System.nanoTime();
			assertThat(failure(publisher.sendAsync("into the void")).reason()).isIn(Counter.UNCONFIRMED,
					Counter.DROPPED_LOST);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
			await().atMost(SOON).until(() -> publisher.state() == EndpointState.CONNECTING);
			this.proxy.heal();
			awaitReady(publisher);
			publisher.sendAsync("after").get(10, TimeUnit.SECONDS);
			publisher.stop(Duration.ofSeconds(5));
		}
	}

	@Test
	void doesNotHangWhenTheBrokerStopsReading() throws Exception {
		String large = "x".repeat(500_000);
		try (TestConnections connections = new TestConnections(this.proxy.host(), this.proxy.port())) {
			AmqpPublisher publisher = publisher(connections, Duration.ofSeconds(1));
			publisher.sendAsync("before").get(10, TimeUnit.SECONDS);
			this.proxy.throttle(1);
			Duration longest = Duration.ZERO;
			for (int i = 0; i < 100 && publisher.state() == EndpointState.READY; i++) {
				long start = System.nanoTime();
				publisher.sendAsync(large);
				Duration taken = Duration.ofNanos(System.nanoTime() - start);
				longest = (taken.compareTo(longest) > 0) ? taken : longest;
			}
			assertThat(longest).isBetween(Duration.ofMillis(450), Duration.ofSeconds(3));
			this.proxy.heal();
			awaitReady(publisher);
			publisher.sendAsync("after").get(10, TimeUnit.SECONDS);
			assertThat(publisher.counters().get(Counter.DROPPED_LOST) + publisher.counters().get(Counter.UNCONFIRMED))
				.isPositive();
			assertThat(publisher.counters().get(Counter.DISCONNECTED)).isEqualTo(1);
			publisher.stop(Duration.ofSeconds(5));
		}
	}

	@Test
	void leaksNothingWhenItReconnects() throws Exception {
		try (TestConnections connections = new TestConnections(this.proxy.host(), this.proxy.port())) {
			AmqpPublisher publisher = publisher(connections, Duration.ofSeconds(5));
			publisher.sendAsync("before").get(10, TimeUnit.SECONDS);
			int threads = threads().size();
			for (int i = 0; i < (LONG ? 1000 : 30); i++) {
				long connected = publisher.counters().get(Counter.CONNECTED);
				this.proxy.cut();
				await().atMost(SOON)
					.pollInterval(Duration.ofMillis(2))
					.until(() -> publisher.counters().get(Counter.CONNECTED) > connected
							&& publisher.state() == EndpointState.READY);
				publisher.sendAsync(i).get(10, TimeUnit.SECONDS);
			}
			await().pollInSameThread()
				.atMost(SOON)
				.untilAsserted(() -> assertThat(threads()).hasSizeLessThanOrEqualTo(threads));
			assertThat(this.proxy.connections()).isEqualTo(1);
			await().atMost(SOON).until(() -> channels() == 1);
			publisher.stop(Duration.ofSeconds(5));
		}
	}

	@Test
	void tellsOfNoConnectionAfterItsStop() throws Exception {
		List<EndpointEvent> events = new CopyOnWriteArrayList<>();
		this.proxy.refuse(true);
		try (TestConnections connections = new TestConnections(this.proxy.host(), this.proxy.port())) {
			AmqpPublisher publisher = new AmqpPublisher(
					connections.settings("prices", this.topology, Duration.ofSeconds(1), events::add),
					new PublisherOptions("", this.queue, Delivery.AT_LEAST_ONCE, false, 1000, OnFull.BLOCK));
			publisher.start();
			int accepted = this.proxy.accepted();
			this.proxy.latency(Duration.ofMillis(50)).refuse(false);
			await().atMost(SOON).until(() -> this.proxy.accepted() > accepted && this.proxy.connections() > 0);
			publisher.stop(Duration.ZERO);
			int told = events.size();
			connections.connections().publishing().createConnection().createChannel(false).close();
			await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> publisher.peers().isEmpty());
			assertThat(events).hasSize(told).last().isInstanceOf(EndpointEvent.Stopped.class);
		}
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

	/** Those that this test has opened: it alone declares nothing but by the proxy. */
	private long channels() {
		return this.broker.control("-q", "list_channels", "confirm", "--no-table-headers")
			.lines()
			.filter((line) -> line.strip().equals("true"))
			.count();
	}

	private static SendException failure(CompletableFuture<Void> future) throws Exception {
		try {
			future.get(10, TimeUnit.SECONDS);
		}
		catch (java.util.concurrent.ExecutionException ex) {
			return (SendException) ex.getCause();
		}
		throw new AssertionError("It did not fail");
	}

}
