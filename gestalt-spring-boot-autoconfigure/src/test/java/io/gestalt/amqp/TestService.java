package io.gestalt.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.amqp.settings.ResponderOptions;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.Topology.Exchange;
import io.gestalt.amqp.topology.Topology.Queue;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.MessageHandler;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.transport.queue.OnFull;

import static org.assertj.core.api.Assertions.assertThat;

/** A service of a name of its own, with those who ask and those who answer. */
final class TestService implements AutoCloseable {

	static final Duration LONG = Duration.ofSeconds(60);

	private static final String RETURNS = "gestalt.rpc.returns";

	private final String name = "service." + UUID.randomUUID();

	private final RabbitBroker broker;

	private final List<AutoCloseable> open = new ArrayList<>();

	TestService(RabbitBroker broker) {
		this.broker = broker;
	}

	String name() {
		return this.name;
	}

	Topology topology() {
		return new Topology(List.of(new Exchange(RETURNS, "headers", true, false, Map.of())),
				List.of(new Queue(this.name, true, false, false, Map.of("x-dead-letter-exchange", RETURNS))),
				List.of());
	}

	Topology returns() {
		return new Topology(topology().exchanges(), List.of(), List.of());
	}

	TestConnections connect(String host, int port) {
		TestConnections connections = new TestConnections(host, port);
		this.open.add(0, connections);
		return connections;
	}

	TestConnections connect() {
		return connect(this.broker.host(), this.broker.port());
	}

	AmqpRequester requester() {
		return requester(connect(), Duration.ofSeconds(30), 1000, OnFull.BLOCK);
	}

	AmqpRequester requester(TestConnections connections, Duration timeout, int window, OnFull onFull) {
		AmqpRequester requester = new AmqpRequester(connections.settings("asking", returns(), Duration.ofMillis(500)),
				new RequesterOptions("", this.name, RETURNS, timeout, window, onFull));
		started(requester);
		return requester;
	}

	<T> AmqpResponder responder(Class<T> type, MessageHandler<? super T> handler) {
		return responder(connect(), type, handler, 1, true);
	}

	<T> AmqpResponder responder(TestConnections connections, Class<T> type, MessageHandler<? super T> handler,
			int concurrency, boolean errorReplies) {
		AmqpResponder responder = new AmqpResponder(connections.settings("answering", topology(), LONG),
				new ResponderOptions(this.name, 50, concurrency, concurrency, errorReplies));
		responder.listen(Listener.builder().other(type, handler).build());
		started(responder);
		return responder;
	}

	private void started(Endpoint endpoint) {
		endpoint.start();
		this.open.add(0, () -> endpoint.stop(Duration.ZERO));
	}

	/** A channel of the plain client. */
	Channel plain() throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(this.broker.host());
		factory.setPort(this.broker.port());
		com.rabbitmq.client.Connection connection = factory.newConnection();
		this.open.add(0, connection);
		return connection.createChannel();
	}

	/** The queue of the service, which no responder declares. */
	Channel declared() throws Exception {
		Channel channel = plain();
		channel.exchangeDeclare(RETURNS, "headers", true);
		channel.queueDeclare(this.name, true, false, false, Map.of("x-dead-letter-exchange", RETURNS));
		return channel;
	}

	static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
	}

	static <X extends Throwable> X failure(Class<X> type, CompletableFuture<?> future)
			throws InterruptedException, TimeoutException {
		try {
			Object value = future.get(LONG.toSeconds(), TimeUnit.SECONDS);
			throw new AssertionError("It did not fail but was " + value);
		}
		catch (ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOf(type);
			return type.cast(ex.getCause());
		}
	}

	@Override
	public void close() throws Exception {
		for (AutoCloseable closeable : this.open) {
			closeable.close();
		}
		this.open.clear();
		try (com.rabbitmq.client.Connection connection = plain().getConnection()) {
			connection.createChannel().queueDelete(this.name);
		}
		finally {
			this.open.clear();
		}
	}

}
