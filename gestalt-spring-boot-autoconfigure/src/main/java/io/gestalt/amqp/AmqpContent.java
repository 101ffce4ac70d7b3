package io.gestalt.amqp;

import java.util.Map;

import com.rabbitmq.client.AMQP;

/** An encoded message: its body, and the headers that say how to decode it. */
final class AmqpContent {

	private static final int PERSISTENT = 2;

	private static final int TRANSIENT = 1;

	private final byte[] body;

	private final String contentType;

	private final String contentEncoding;

	private final Map<String, Object> headers;

	AmqpContent(byte[] body, String contentType, String contentEncoding, Map<String, Object> headers) {
		this.body = body;
		this.contentType = contentType;
		this.contentEncoding = contentEncoding;
		this.headers = headers;
	}

	byte[] body() {
		return this.body;
	}

	/** The user's headers and those of the codec; more may be added. */
	Map<String, Object> headers() {
		return this.headers;
	}

	/** The properties so far. */
	AMQP.BasicProperties.Builder properties(boolean persistent) {
		return new AMQP.BasicProperties.Builder().contentType(this.contentType)
			.contentEncoding(this.contentEncoding)
			.headers(this.headers)
			.deliveryMode(persistent ? PERSISTENT : TRANSIENT);
	}

}
