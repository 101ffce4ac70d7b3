package io.gestalt.amqp.rpc;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.GestaltException;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/**
 * A request, and whoever sent it. To send to its peer is to reply ahead of the handler.
 */
final class ServedRequest implements Peer {

	private final AmqpDelivery delivery;

	private final Answers answers;

	private volatile boolean replied;

	ServedRequest(AmqpDelivery delivery, Answers answers) {
		this.delivery = delivery;
		this.answers = answers;
	}

	AmqpDelivery delivery() {
		return this.delivery;
	}

	/** Where its reply goes, {@code null} if nobody waits for one. */
	@Nullable String replyTo() {
		return this.delivery.properties().getReplyTo();
	}

	/** Whether its handler has sent a reply itself. */
	boolean replied() {
		return this.replied;
	}

	/**
	 * The same for all requests with the same queue for replies, user and application.
	 */
	@Override
	public String id() {
		int hash = Objects.hash(replyTo(), this.delivery.properties().getUserId(),
				this.delivery.properties().getAppId());
		return "%010x".formatted((hash * 0x9E3779B97F4A7C15L) >>> 24);
	}

	/** Where the broker is: requesters are somewhere behind it. */
	@Override
	public SocketAddress address() {
		return this.answers.settings().resources().connections().address();
	}

	/**
	 * As whom the requester has logged in, if it says so, which the broker has checked.
	 */
	@Override
	public @Nullable Principal principal() {
		String user = this.delivery.properties().getUserId();
		return (user != null) ? () -> user : null;
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
