package io.gestalt.amqp.content;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import io.gestalt.failed.Content;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.support.AmqpHeaders;

/**
 * What is kept of a message that could not be handled, and the message made of it again:
 * with the headers that its handler saw and those of its codec.
 */
public final class KeptContent {

	private KeptContent() {
	}

	/** What is kept of a message. */
	public static Content of(Envelope envelope, AMQP.BasicProperties properties, byte[] body, int type) {
		Map<String, Object> headers = new HashMap<>(new ReceivedHeaders(envelope, properties));
		keep(headers, properties, AmqpCodec.COMPRESSION);
		keep(headers, properties, AmqpCodec.TYPE_ID);
		return new Content(type, headers, body);
	}

	private static void keep(Map<String, Object> headers, AMQP.BasicProperties properties, String name) {
		Object value = AmqpCodec.header(properties, name);
		if (value != null) {
			headers.put(name, (value instanceof Number) ? value : value.toString());
		}
	}

	/** The properties of the message again. */
	public static AMQP.BasicProperties properties(Content content) {
		Map<String, Object> headers = new HashMap<>(content.headers());
		headers.keySet().removeIf(ReceivedHeaders::isOfDelivery);
		return new AMQP.BasicProperties.Builder().headers(headers)
			.contentType(text(content, AmqpHeaders.CONTENT_TYPE))
			.correlationId(text(content, AmqpHeaders.CORRELATION_ID))
			.replyTo(text(content, AmqpHeaders.REPLY_TO))
			.messageId(text(content, AmqpHeaders.MESSAGE_ID))
			.timestamp((content.headers().get(AmqpHeaders.TIMESTAMP) instanceof Date date) ? date : null)
			.appId(text(content, AmqpHeaders.APP_ID))
			.userId(text(content, AmqpHeaders.RECEIVED_USER_ID))
			.build();
	}

	/** How the message came. */
	public static Envelope envelope(Content content) {
		return new Envelope(0, Boolean.TRUE.equals(content.headers().get(AmqpHeaders.REDELIVERED)),
				String.valueOf(text(content, AmqpHeaders.RECEIVED_EXCHANGE)),
				String.valueOf(text(content, AmqpHeaders.RECEIVED_ROUTING_KEY)));
	}

	private static @Nullable String text(Content content, String header) {
		Object value = content.headers().get(header);
		return (value != null) ? value.toString() : null;
	}

}
