package io.gestalt.amqp.content;

import java.util.Map;

import com.rabbitmq.client.AMQP;
import org.jspecify.annotations.Nullable;

/** An encoded message: its body, and the headers that say how to decode it. */
public final class AmqpContent {

	/** Header by which a message names its routing key; it does not travel. */
	public static final String ROUTING_KEY = "amqp_routingKey";

	private static final int PERSISTENT = 2;

	private static final int TRANSIENT = 1;

	private final byte[] body;

	private final String contentType;

	private final String contentEncoding;

	private final Map<String, @Nullable Object> headers;

	private final @Nullable String routingKey;

	AmqpContent(byte[] body, String contentType, String contentEncoding, Map<String, @Nullable Object> headers) {
		this.body = body;
		this.contentType = contentType;
		this.contentEncoding = contentEncoding;
		Object key = headers.remove(ROUTING_KEY);
		this.routingKey = (key != null) ? key.toString() : null;
		this.headers = headers;
	}

	public byte[] body() {
		return this.body;
	}

	/** The user's headers and those of the codec; more may be added. */
	public Map<String, @Nullable Object> headers() {
		return this.headers;
	}

	/** The routing key that the message itself names, {@code null} if it names none. */
	public @Nullable String routingKey() {
		return this.routingKey;
	}

	/** The properties so far. */
	public AMQP.BasicProperties.Builder properties(boolean persistent) {
		return new AMQP.BasicProperties.Builder().contentType(this.contentType)
			.contentEncoding(this.contentEncoding)
			.headers(this.headers)
			.deliveryMode(persistent ? PERSISTENT : TRANSIENT);
	}

}
