package io.gestalt.amqp.receive;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;

import com.rabbitmq.client.AMQP;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.content.MessageSender;
import io.gestalt.amqp.publish.Outgoing;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.GestaltException;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a message. To send to it replies to the message, if it names a queue for
 * replies.
 */
final class SenderPeer implements Peer {

	private final AMQP.BasicProperties properties;

	private final MessageSender sender;

	private final AmqpSettings settings;

	private final Outgoing outgoing;

	SenderPeer(AMQP.BasicProperties properties, AmqpSettings settings, Outgoing outgoing) {
		this.properties = properties;
		this.sender = new MessageSender(properties);
		this.settings = settings;
		this.outgoing = outgoing;
	}

	@Override
	public String id() {
		return this.sender.id();
	}

	/** Where the broker is: senders are somewhere behind it. */
	@Override
	public SocketAddress address() {
		return this.settings.resources().connections().address();
	}

	@Override
	public @Nullable Principal principal() {
		return this.sender.principal();
	}

	@Override
	public void send(@Nullable Object payload) {
		this.outgoing.send(answer(payload));
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		try {
			return reply(payload);
		}
		catch (GestaltException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Whether the sender can be sent to. */
	boolean awaitsReply() {
		return this.sender.replyTo() != null;
	}

	/** Replies to the message. */
	CompletableFuture<Void> reply(@Nullable Object payload) {
		return this.outgoing.publish(answer(payload));
	}

	private AmqpMessage answer(@Nullable Object payload) {
		String queue = this.sender.replyTo();
		if (queue == null) {
			throw new EndpointException(this.settings.name(),
					"Endpoint '%s' cannot reply to a message that names no queue for replies"
						.formatted(this.settings.name()));
		}
		AmqpContent content = this.settings.codec().encode(payload);
		String correlation = (this.properties.getCorrelationId() != null) ? this.properties.getCorrelationId()
				: this.properties.getMessageId();
		return new AmqpMessage("", queue, false, content.properties(false).correlationId(correlation).build(),
				content.body());
	}

	/** Does nothing: the conversation is one message long. */
	@Override
	public void close() {
	}

}
