package io.gestalt.amqp.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An exchange with a queue of its group, or a service, of a name of its own; applications
 * that use them, and a plain client that looks.
 */
final class Bed implements AutoCloseable {

	static final Duration SOON = Duration.ofSeconds(15);

	private static final String PUBLISHER = "gestalt.amqp.publisher.prices.";

	private static final String SUBSCRIBER = "gestalt.amqp.subscriber.ticks.";

	private static final String REQUESTER = "gestalt.amqp.requester.quotes.";

	private static final String RESPONDER = "gestalt.amqp.responder.desk.";

	/** The exchange, or the service. */
	final String name = "contract." + UUID.randomUUID();

	final String queue = this.name + ".pricing";

	final String deadLetters = this.queue + ".dead-letter";

	private final BrokerAddress broker;

	private final Connection connection;

	private final List<Application> applications = new ArrayList<>();

	Bed(BrokerAddress broker) throws Exception {
		this.broker = broker;
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(broker.host());
		factory.setPort(broker.port());
		factory.setUsername(broker.username());
		factory.setPassword(broker.password());
		factory.setAutomaticRecoveryEnabled(false);
		this.connection = factory.newConnection();
	}

	/** An application that publishes as {@code prices}. */
	Application publisher(String... properties) {
		return start(List.of(), PUBLISHER, Map.of(PUBLISHER + "exchange", this.name), properties);
	}

	/** An application whose handler serves {@code ticks}. */
	Application subscriber(Object handler, String... properties) {
		return start(List.of(handler), SUBSCRIBER, Map.of(SUBSCRIBER + "exchange", this.name, SUBSCRIBER + "group",
				"pricing", SUBSCRIBER + "retry.initial-interval", "10ms"), properties);
	}

	/** An application that asks as {@code quotes}. */
	Application requester(String... properties) {
		return start(List.of(), REQUESTER,
				Map.of(REQUESTER + "service", this.name, REQUESTER + "request-timeout", "30s"), properties);
	}

	/** An application whose handler serves {@code desk}. */
	Application responder(Object handler, String... properties) {
		return start(List.of(handler), RESPONDER, Map.of(RESPONDER + "service", this.name), properties);
	}

	private Application start(List<Object> handlers, String prefix, Map<String, String> common, String... properties) {
		Map<String, String> all = new LinkedHashMap<>(common);
		all.put("gestalt.defaults.reconnect.max-interval", "200ms");
		all.put("spring.rabbitmq.host", this.broker.host());
		all.put("spring.rabbitmq.port", String.valueOf(this.broker.port()));
		all.put("spring.rabbitmq.username", this.broker.username());
		all.put("spring.rabbitmq.password", this.broker.password());
		all.put("logging.level.qpid.message", "warn");
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			boolean whole = parts[0].startsWith("gestalt.") || parts[0].startsWith("spring.");
			all.put(whole ? parts[0] : prefix + parts[0], parts[1]);
		}
		Application application = Application.start(handlers, all);
		this.applications.add(application);
		return application;
	}

	Channel channel() throws IOException {
		return this.connection.createChannel();
	}

	/** A queue of this client for all that goes to the exchange under such a key. */
	String bind(String routingKey) throws IOException {
		Channel channel = channel();
		String bound = channel.queueDeclare("", false, false, true, Map.of()).getQueue();
		channel.queueBind(bound, this.name, routingKey);
		return bound;
	}

	/** Publishes numbers to the exchange. */
	void publish(int from, int to) throws Exception {
		Channel channel = confirming();
		for (int i = from; i < to; i++) {
			publish(channel, String.valueOf(i), json().build());
		}
		close(channel);
	}

	void publish(String text, AMQP.BasicProperties properties) throws Exception {
		Channel channel = confirming();
		publish(channel, text, properties);
		close(channel);
	}

	/** A channel that closes may take with it what a quorum queue has not got yet. */
	private Channel confirming() throws IOException {
		Channel channel = channel();
		channel.confirmSelect();
		return channel;
	}

	private static void close(Channel channel) throws Exception {
		channel.waitForConfirmsOrDie(SOON.toMillis());
		channel.close();
	}

	private void publish(Channel channel, String text, AMQP.BasicProperties properties) throws IOException {
		channel.basicPublish(this.name, "tick", properties, text.getBytes(StandardCharsets.UTF_8));
	}

	static AMQP.BasicProperties.Builder json() {
		return new AMQP.BasicProperties.Builder().contentType("application/json").deliveryMode(2);
	}

	static List<Integer> numbers(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	/** The next message of a queue, {@code null} if there is none. */
	GetResponse take(String from) throws Exception {
		Channel channel = channel();
		GetResponse message = channel.basicGet(from, true);
		channel.close();
		return message;
	}

	/** Waits for the next message of a queue. */
	GetResponse await(String from) throws Exception {
		return Awaitility.await().atMost(SOON).until(() -> take(from), (message) -> message != null);
	}

	/** How many messages of a queue nobody has taken, which are taken with this. */
	int drain(String from) throws Exception {
		int count = 0;
		while (take(from) != null) {
			count++;
		}
		return count;
	}

	/** How many messages a queue has, -1 if there is none of that name. */
	long depth(String of) throws Exception {
		Channel channel = channel();
		try {
			long count = channel.messageCount(of);
			channel.close();
			return count;
		}
		catch (IOException ex) {
			return -1;
		}
	}

	static void until(Callable<Boolean> condition) {
		Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(condition);
	}

	/** Waits for numbers, and then that there is nothing else. */
	static void awaitExactly(Ticks ticks, List<Integer> numbers) {
		until(() -> ticks.seen.size() >= numbers.size());
		assertThat(ticks.seen).containsExactlyElementsOf(numbers);
	}

	@Override
	public void close() throws Exception {
		for (int i = this.applications.size() - 1; i >= 0; i--) {
			this.applications.get(i).close();
		}
		for (String name : List.of(this.queue, this.deadLetters, this.name)) {
			ignoring(() -> channel().queueDelete(name));
		}
		ignoring(() -> channel().exchangeDelete(this.name));
		this.connection.abort(1000);
	}

	/** Not all tests have all of it. */
	private static void ignoring(Callable<?> deletion) throws Exception {
		try {
			deletion.call();
		}
		catch (IOException ex) {
			assertThat(ex).hasStackTraceContaining("reply-code=404");
		}
	}

}
