package io.gestalt.amqp.receive;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.rabbitmq.client.AMQP;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.content.AmqpMessage;
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

	private final AmqpSettings settings;

	private final Outgoing outgoing;

	SenderPeer(AMQP.BasicProperties properties, AmqpSettings settings, Outgoing outgoing) {
		this.properties = properties;
		this.settings = settings;
		this.outgoing = outgoing;
	}

	/**
	 * The same for all messages with the same queue for replies, user and application.
	 */
	@Override
	public String id() {
		int hash = Objects.hash(this.properties.getReplyTo(), this.properties.getUserId(), this.properties.getAppId());
		return "%010x".formatted((hash * 0x9E3779B97F4A7C15L) >>> 24);
	}

	/** Where the broker is: senders are somewhere behind it. */
	@Override
	public SocketAddress address() {
		return this.settings.resources().connections().address();
	}

	/** As whom the sender has logged in, if it says so, which the broker has checked. */
	@Override
	public @Nullable Principal principal() {
		String user = this.properties.getUserId();
		return (user != null) ? () -> user : null;
	}

	@Override
	public void send(@Nullable Object payload) {
		CompletableFuture<Void> sent = sendAsync(payload);
		if (sent.isCompletedExceptionally()) {
			try {
				sent.join();
			}
			catch (CompletionException ex) {
				throw (ex.getCause() instanceof GestaltException cause) ? cause
						: new GestaltException(String.valueOf(ex.getMessage()), ex);
			}
		}
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
		return this.properties.getReplyTo() != null;
	}

	/** Replies to the message. */
	CompletableFuture<Void> reply(@Nullable Object payload) {
		String queue = this.properties.getReplyTo();
		if (queue == null) {
			throw new EndpointException(this.settings.name(),
					"Endpoint '%s' cannot reply to a message that names no queue for replies"
						.formatted(this.settings.name()));
		}
		AmqpContent content = this.settings.codec().encode(payload);
		String correlation = (this.properties.getCorrelationId() != null) ? this.properties.getCorrelationId()
				: this.properties.getMessageId();
		return this.outgoing.publish(new AmqpMessage("", queue, false,
				content.properties(false).correlationId(correlation).build(), content.body()));
	}

	/** Does nothing: the conversation is one message long. */
	@Override
	public void close() {
	}

}
