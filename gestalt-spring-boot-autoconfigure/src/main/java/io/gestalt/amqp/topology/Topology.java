package io.gestalt.amqp.topology;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.connection.AmqpConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * The exchanges, queues and bindings that an endpoint needs. To declare what is there
 * already with the same arguments does nothing (AMQP 0-9-1, 1.7.2.1).
 *
 * @param exchanges in the order in which they are declared
 * @param queues after the exchanges
 * @param bindings after the queues
 */
public record Topology(List<Exchange> exchanges, List<Queue> queues, List<Binding> bindings) {

	private static final Logger logger = LoggerFactory.getLogger(Topology.class);

	/** Needs nothing. */
	public static final Topology NONE = new Topology(List.of(), List.of(), List.of());

	/**
	 * Makes sure that all of it is there.
	 * @param connections where the broker is
	 * @param mode whether to create what is missing
	 * @throws TopologyException if something exists with other arguments, or is missing
	 * and must not be created
	 * @throws IOException if the broker cannot be asked
	 */
	public void apply(ConnectionFactory connections, TopologyMode mode) throws IOException {
		apply(connections.createConnection().getDelegate(), mode);
	}

	/**
	 * Makes sure that all of it is there.
	 * @param connection that to which exclusive queues will belong
	 * @param mode whether to create what is missing
	 * @throws TopologyException if something exists with other arguments, or is missing
	 * and must not be created
	 * @throws IOException if the broker cannot be asked
	 */
	public void apply(Connection connection, TopologyMode mode) throws IOException {
		if (mode != TopologyMode.NONE) {
			for (Exchange exchange : this.exchanges) {
				ask(connection, exchange.describe(), (channel) -> exchange.apply(channel, mode));
			}
		}
		Set<String> created = new HashSet<>();
		for (Queue queue : this.queues) {
			if (queue.created(mode)) {
				ask(connection, queue.describe(), queue::declare);
				created.add(queue.name());
			}
			else if (mode == TopologyMode.VERIFY) {
				ask(connection, queue.describe(), (channel) -> channel.queueDeclarePassive(queue.name()));
			}
		}
		for (Binding binding : this.bindings) {
			if (mode == TopologyMode.DECLARE || created.contains(binding.queue())) {
				ask(connection, binding.describe(), binding::declare);
			}
		}
	}

	/** The same with another name for a queue. */
	public Topology renamed(String queue, String name) {
		return new Topology(this.exchanges,
				this.queues.stream().map((each) -> each.name().equals(queue) ? each.renamed(name) : each).toList(),
				this.bindings.stream().map((each) -> each.queue().equals(queue) ? each.renamed(name) : each).toList());
	}

	/** What brings messages to a queue that is there. */
	public Topology leadingTo(String queue) {
		List<Binding> leading = this.bindings.stream().filter((each) -> each.queue().equals(queue)).toList();
		return new Topology(this.exchanges.stream()
			.filter((exchange) -> leading.stream().anyMatch((each) -> each.exchange().equals(exchange.name())))
			.toList(), List.of(), leading);
	}

	/**
	 * A refusal closes the channel, so each question has one of its own. A queue that
	 * lives on a node that is down is there, though only whoever needs it now fails.
	 */
	private static void ask(Connection connection, String what, Question question) throws IOException {
		Channel channel = AmqpConnections.open(connection);
		try {
			question.ask(channel);
			channel.close();
		}
		catch (IOException | TimeoutException | ShutdownSignalException ex) {
			channel.abort();
			if (TopologyException.unreachable(ex)) {
				logger.warn("RabbitMQ has {}, but on a node that is down", what);
			}
			else {
				throw TopologyException.of(what, ex);
			}
		}
	}

	private interface Question {

		void ask(Channel channel) throws IOException;

	}

	/**
	 * Where messages are published.
	 *
	 * @param name its name
	 * @param type {@code topic}, {@code direct}, {@code fanout}, {@code headers} or that
	 * of a plug-in
	 * @param durable whether it survives a restart of the broker
	 * @param autoDelete whether it goes with its last binding
	 * @param arguments further arguments
	 */
	public record Exchange(String name, String type, boolean durable, boolean autoDelete,
			Map<String, Object> arguments) {

		String describe() {
			return "exchange '%s'".formatted(this.name);
		}

		void apply(Channel channel, TopologyMode mode) throws IOException {
			if (mode == TopologyMode.VERIFY) {
				channel.exchangeDeclarePassive(this.name);
			}
			else {
				channel.exchangeDeclare(this.name, this.type, this.durable, this.autoDelete, this.arguments);
			}
		}

	}

	/**
	 * Where messages wait.
	 *
	 * @param name its name; what is consumed and exclusive gets one of its own for each
	 * connection, which begins so
	 * @param durable whether it survives a restart of the broker
	 * @param exclusive whether it belongs to one connection
	 * @param autoDelete whether it goes with its last consumer
	 * @param arguments such as {@code x-queue-type}
	 */
	public record Queue(String name, boolean durable, boolean exclusive, boolean autoDelete,
			Map<String, Object> arguments) {

		String describe() {
			return "queue '%s'".formatted(this.name);
		}

		Queue renamed(String other) {
			return new Queue(other, this.durable, this.exclusive, this.autoDelete, this.arguments);
		}

		/** Whether it goes away by itself. */
		public boolean passing() {
			return this.exclusive || this.autoDelete;
		}

		/** What belongs to a connection nobody else can have made. */
		boolean created(TopologyMode mode) {
			return mode == TopologyMode.DECLARE || this.exclusive || (mode == TopologyMode.VERIFY && this.autoDelete);
		}

		void declare(Channel channel) throws IOException {
			channel.queueDeclare(this.name, this.durable, this.exclusive, this.autoDelete, this.arguments);
		}

	}

	/**
	 * What goes from an exchange to a queue.
	 *
	 * @param exchange name of the exchange
	 * @param queue name of the queue
	 * @param routingKey which messages
	 * @param arguments for exchanges that look at headers
	 */
	public record Binding(String exchange, String queue, String routingKey, Map<String, Object> arguments) {

		String describe() {
			return "binding of queue '%s' to exchange '%s'".formatted(this.queue, this.exchange);
		}

		Binding renamed(String other) {
			return new Binding(this.exchange, other, this.routingKey, this.arguments);
		}

		void declare(Channel channel) throws IOException {
			channel.queueBind(this.queue, this.exchange, this.routingKey, this.arguments);
		}

	}

}
