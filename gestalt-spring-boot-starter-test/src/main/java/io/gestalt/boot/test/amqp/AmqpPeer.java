package io.gestalt.boot.test.amqp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.gestalt.amqp.AmqpEndpoint;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.connection.Channels;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.content.ReceivedHeaders;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyMode;
import io.gestalt.boot.test.record.Journal;
import io.gestalt.boot.test.record.SentMessage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes and consumes on behalf of a test, at the other side of the broker.
 *
 * @param endpoint the endpoint of the application
 * @param settings those of a peer
 * @param journal what happens at the endpoint
 */
record AmqpPeer(AmqpEndpoint endpoint, AmqpSettings settings, Journal journal) {

	private static final String WORD = "test";

	/**
	 * Makes sure that exchanges and queues are there before the application needs them.
	 */
	void prepare() {
		if (this.settings.resources().topology() == TopologyMode.DECLARE) {
			Topology wanted = this.settings.topology();
			try {
				new Topology(wanted.exchanges(), List.of(), List.of())
					.apply(this.settings.resources().connections().publishing(), TopologyMode.DECLARE);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/** Publishes to where the endpoint consumes. */
	void publish(@Nullable String routingKey, AmqpContent content) {
		publish(routingKey, content.properties(false).build(), content.body());
	}

	/** Publishes bytes that are no work of the codec. */
	void publish(int type, byte[] body) {
		Map<String, Object> headers = (type != 0) ? Map.of(AmqpCodec.TYPE_ID, Integer.toUnsignedLong(type)) : Map.of();
		publish(null, new AMQP.BasicProperties.Builder().headers(headers).build(), body);
	}

	private void publish(@Nullable String key, AMQP.BasicProperties properties, byte[] body) {
		Topology topology = this.settings.topology();
		Topology.Queue queue = topology.queues().get(0);
		Topology.Binding binding = topology.bindings()
			.stream()
			.filter((each) -> each.queue().equals(queue.name()))
			.findFirst()
			.orElse(null);
		Channel channel = open();
		try {
			if (binding == null) {
				channel.basicPublish("", queue.name(), false, properties, body);
			}
			else {
				channel.basicPublish(binding.exchange(), (key != null) ? key : key(binding), false, properties, body);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			Channels.abandon(channel);
		}
	}

	/** A key that fits a pattern. */
	private static String key(Topology.Binding binding) {
		return binding.routingKey().replace("*", WORD).replace("#", WORD);
	}

	/** Is there for what goes to an exchange, and does nothing with it. */
	Channel subscribe(Topology.Exchange exchange) {
		Channel channel = open();
		try {
			String queue = channel.queueDeclare("", false, true, true, null).getQueue();
			channel.queueBind(queue, exchange.name(), exchange.type().equals("direct") ? this.endpoint.name() : "#",
					Map.of());
			channel.basicConsume(queue, true, new DefaultConsumer(channel));
			return channel;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The endpoint has published something. */
	void published(Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
		this.journal.add(new SentMessage(this.endpoint.name(), AmqpCodec.typeOf(properties), body,
				new ReceivedHeaders(envelope, properties),
				(bytes, target) -> this.settings.codec().decode(properties, bytes, target)));
	}

	private Channel open() {
		try {
			return AmqpConnections.open(this.settings.resources().connections().publishing());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
