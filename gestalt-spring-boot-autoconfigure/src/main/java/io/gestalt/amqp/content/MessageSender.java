package io.gestalt.amqp.content;

import java.security.Principal;
import java.util.Objects;

import com.rabbitmq.client.AMQP;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a message, as far as the message says.
 *
 * @param properties those of the message
 */
public record MessageSender(AMQP.BasicProperties properties) {

	/** Spreads a hash code over 40 bits. */
	private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

	/**
	 * The same for all messages with the same queue for replies, user and application.
	 */
	public String id() {
		int hash = Objects.hash(replyTo(), this.properties.getUserId(), this.properties.getAppId());
		return "%010x".formatted((hash * GOLDEN_RATIO) >>> 24);
	}

	/** Where replies go, {@code null} if nobody waits for one. */
	public @Nullable String replyTo() {
		return this.properties.getReplyTo();
	}

	/** As whom it has logged in, if it says so, which the broker has checked. */
	public @Nullable Principal principal() {
		String user = this.properties.getUserId();
		return (user != null) ? () -> user : null;
	}

}
