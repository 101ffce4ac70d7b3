package io.gestalt.amqp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MetricsCollector;
import com.rabbitmq.client.NoOpMetricsCollector;
import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.amqp.settings.SubscriberOptions.Ack;
import io.gestalt.amqp.settings.SubscriberOptions.Batch;
import io.gestalt.amqp.settings.SubscriberOptions.DeadLetter;
import io.gestalt.amqp.settings.SubscriberOptions.Retry;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyMode;
import io.gestalt.dispatch.Listener;
import io.gestalt.message.MessageHandler;
import io.gestalt.test.rabbit.RabbitBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue, its dead letters and a subscriber that reads them, beside a connection of its
 * own that publishes and looks.
 */
final class QueueBed implements AutoCloseable {

	static final Retry SOON = new Retry(3, Duration.ofMillis(10), 2, Duration.ofMillis(100));

	private static final String DEAD_LETTERS = "test.dead-letters";

	final String name = "bed." + UUID.randomUUID();

	final String deadLetters = this.name + ".dead-letter";

	final Map<String, Object> queueArguments = new HashMap<>();

	final Map<String, Object> consumerArguments = new HashMap<>();

	int prefetch = 250;

	int min = 1;

	int max = 1;

	boolean exclusive;

	boolean passing;

	Ack ack = Ack.AFTER;

	Batch batch;

	Retry retry = SOON;

	boolean puttingAside = true;

	/** Told by the client library of what it does, on the threads that do it. */
	MetricsCollector metrics = new NoOpMetricsCollector();

	private final ConnectionFactory factory = new ConnectionFactory();

	private final ExecutorService worker = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "test-worker");
		thread.setDaemon(true);
		return thread;
	});

	private final List<AmqpSubscriber> subscribers = new ArrayList<>();

	private final List<TestConnections> opened = new ArrayList<>();

	private final String host;

	private final int port;

	private Connection connection;

	private Channel channel;

	QueueBed(RabbitBroker broker) {
		this(broker, broker.host(), broker.port());
	}

	/** Subscribers connect elsewhere, say through a proxy. */
	QueueBed(RabbitBroker broker, String host, int port) {
		this.factory.setHost(broker.host());
		this.factory.setPort(broker.port());
		this.factory.setAutomaticRecoveryEnabled(false);
		this.host = host;
		this.port = port;
	}

	Channel channel() {
		try {
			if (this.channel == null || !this.channel.isOpen()) {
				if (this.connection == null || !this.connection.isOpen()) {
					this.connection = this.factory.newConnection();
				}
				this.channel = this.connection.createChannel();
				this.channel.confirmSelect();
			}
			return this.channel;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Topology topology() {
		Map<String, Object> arguments = new HashMap<>(this.queueArguments);
		List<Topology.Exchange> exchanges = new ArrayList<>();
		List<Topology.Queue> queues = new ArrayList<>();
		List<Topology.Binding> bindings = new ArrayList<>();
		if (this.puttingAside) {
			exchanges.add(new Topology.Exchange(DEAD_LETTERS, "direct", true, false, Map.of()));
			queues.add(new Topology.Queue(this.deadLetters, true, false, false, Map.of()));
			bindings.add(new Topology.Binding(DEAD_LETTERS, this.deadLetters, this.name, Map.of()));
			arguments.put("x-dead-letter-exchange", DEAD_LETTERS);
			arguments.put("x-dead-letter-routing-key", this.name);
		}
		queues.add(new Topology.Queue(this.name, !this.passing, this.passing, this.passing, arguments));
		return new Topology(exchanges, queues, bindings);
	}

	AmqpSubscriber subscriber(Listener listener) {
		TestConnections connections = new TestConnections(this.host, this.port, 5);
		connections.rabbit().setMetricsCollector(this.metrics);
		this.opened.add(connections);
		SubscriberOptions options = new SubscriberOptions(this.name, this.exclusive, this.consumerArguments,
				this.prefetch, this.min, this.max, this.ack, this.batch, this.retry,
				this.puttingAside ? new DeadLetter(DEAD_LETTERS, this.name, this.deadLetters) : null);
		AmqpSubscriber subscriber = new AmqpSubscriber(settings(connections), options);
		subscriber.listen(listener);
		this.subscribers.add(subscriber);
		return subscriber;
	}

	private AmqpSettings settings(TestConnections connections) {
		AmqpSettings settings = connections.settings(this.name, topology(), Duration.ofSeconds(5));
		AmqpResources resources = settings.resources();
		return new AmqpSettings(
				this.name, settings.codec(), new AmqpResources(resources.connections(), resources.scheduler(),
						this.worker, resources.reconnect(), resources.topology()),
				settings.topology(), settings.sendTimeout(), settings.observer());
	}

	AmqpSubscriber subscriber(MessageHandler<? super Integer> handler) {
		return subscriber(Listener.of(Integer.class, handler));
	}

	AmqpSubscriber start(MessageHandler<? super Integer> handler) {
		AmqpSubscriber subscriber = subscriber(handler);
		subscriber.start();
		return subscriber;
	}

	/** Makes sure that the queue is there before it is consumed. */
	void declare() throws IOException {
		try (TestConnections connections = new TestConnections(this.host, this.port)) {
			topology().apply(connections.connections().consuming(), TopologyMode.DECLARE);
		}
	}

	/** Publishes numbers, and waits until the broker has them. */
	void publish(int from, int to) throws Exception {
		for (int i = from; i < to; i++) {
			publish(String.valueOf(i), properties().build());
		}
		channel().waitForConfirmsOrDie(30_000);
	}

	void publish(String text, AMQP.BasicProperties properties) throws IOException {
		channel().basicPublish("", this.name, properties, text.getBytes(StandardCharsets.UTF_8));
	}

	static AMQP.BasicProperties.Builder properties() {
		return new AMQP.BasicProperties.Builder().contentType("application/json").deliveryMode(2);
	}

	/** How many messages are ready to be delivered. */
	long depth(String queue) {
		try {
			return channel().messageCount(queue);
		}
		catch (IOException ex) {
			return -1;
		}
	}

	long depth() {
		return depth(this.name);
	}

	/** Waits for the depth: what a closed channel had goes back a moment later. */
	void awaitDepth(long expected) {
		Waiting.untilAsserted(() -> assertThat(depth()).isEqualTo(expected));
	}

	GetResponse take(String queue) throws IOException {
		return channel().basicGet(queue, true);
	}

	@Override
	public void close() throws Exception {
		this.subscribers.forEach((subscriber) -> subscriber.stop(Duration.ZERO));
		this.opened.forEach(TestConnections::close);
		this.worker.shutdownNow();
		try {
			channel().queueDelete(this.name);
			channel().queueDelete(this.deadLetters);
		}
		finally {
			this.connection.abort(1000);
		}
	}

}
