package io.gestalt.amqp.rpc;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.content.MessageSender;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.GestaltException;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/**
 * A request, and whoever sent it. To send to its peer is to reply ahead of the handler.
 */
final class ServedRequest implements Peer {

	private final AmqpDelivery delivery;

	private final MessageSender sender;

	private final Answers answers;

	private volatile boolean replied;

	ServedRequest(AmqpDelivery delivery, Answers answers) {
		this.delivery = delivery;
		this.sender = new MessageSender(delivery.properties());
		this.answers = answers;
	}

	AmqpDelivery delivery() {
		return this.delivery;
	}

	/** Where its reply goes, {@code null} if nobody waits for one. */
	@Nullable String replyTo() {
		return this.sender.replyTo();
	}

	/** Whether its handler has sent a reply itself. */
	boolean replied() {
		return this.replied;
	}

	@Override
	public String id() {
		return this.sender.id();
	}

	/** Where the broker is: requesters are somewhere behind it. */
	@Override
	public SocketAddress address() {
		return this.answers.settings().resources().connections().address();
	}

	@Override
	public @Nullable Principal principal() {
		return this.sender.principal();
	}

	@Override
	public void send(@Nullable Object payload) {
		if (replyTo() == null) {
			throw new EndpointException(this.answers.settings().name(),
					"Endpoint '%s' cannot reply to a request that names no queue for replies"
						.formatted(this.answers.settings().name()));
		}
		this.replied = true;
		this.answers.reply(this, payload);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		try {
			send(payload);
			return CompletableFuture.allOf();
		}
		catch (GestaltException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Does nothing: the conversation is one request long. */
	@Override
	public void close() {
	}

}
