package io.gestalt.amqp.receive;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import io.gestalt.amqp.content.AmqpCodec;
import org.jspecify.annotations.Nullable;

/** The properties of a message that outlives the broker, and whoever has sent it. */
final class Letter {

	/** By these the broker would send copies elsewhere. */
	private static final Set<String> COPIES = Set.of("CC", "BCC");

	private static final Set<String> FORMAT = Set.of(AmqpCodec.COMPRESSION, AmqpCodec.TYPE_ID);

	/** What a short string has room for. */
	private static final int SHORT = 255;

	private Letter() {
	}

	/** The properties but for the headers. */
	static AMQP.BasicProperties.Builder of(AMQP.BasicProperties properties) {
		return properties.builder().expiration(null).userId(null).deliveryMode(2);
	}

	/** The headers, to which others may be added. */
	static Map<String, Object> headers(AMQP.BasicProperties properties, Set<String> without) {
		Map<String, Object> headers = new HashMap<>();
		if (properties.getHeaders() != null) {
			properties.getHeaders().forEach((name, value) -> {
				if (!without.contains(name) && !COPIES.contains(name)) {
					headers.put(name, value);
				}
			});
		}
		return headers;
	}

	/**
	 * What is left of properties that came over the wire but cannot go back: with a few
	 * more headers they would fill more than a frame, or bytes that are no text have
	 * become more when they were read.
	 */
	static AMQP.BasicProperties reduced(AMQP.BasicProperties properties) {
		Map<String, Object> headers = headers(properties, Set.of());
		headers.entrySet().removeIf((header) -> !FORMAT.contains(header.getKey()) || !isShort(header.getValue()));
		return properties.builder()
			.headers(headers)
			.contentType(cut(properties.getContentType()))
			.contentEncoding(cut(properties.getContentEncoding()))
			.correlationId(cut(properties.getCorrelationId()))
			.replyTo(cut(properties.getReplyTo()))
			.messageId(cut(properties.getMessageId()))
			.type(cut(properties.getType()))
			.appId(cut(properties.getAppId()))
			.clusterId(cut(properties.getClusterId()))
			.build();
	}

	private static boolean isShort(Object value) {
		return value instanceof Number || (value instanceof LongString text && text.length() <= SHORT);
	}

	/** As much of a text as a short string has room for, and no half letter. */
	static @Nullable String cut(@Nullable String text) {
		if (text == null) {
			return null;
		}
		ByteBuffer room = ByteBuffer.allocate(SHORT);
		CharBuffer letters = CharBuffer.wrap(text);
		StandardCharsets.UTF_8.newEncoder().encode(letters, room, true);
		return text.substring(0, letters.position());
	}

}
