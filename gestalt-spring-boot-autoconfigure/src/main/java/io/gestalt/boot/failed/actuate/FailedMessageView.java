package io.gestalt.boot.failed.actuate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.gestalt.boot.actuate.ShownValues;
import io.gestalt.boot.support.Words;
import io.gestalt.failed.Content;
import io.gestalt.failed.FailedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Shows a failed message.
 *
 * @param values shows values, or hides them
 */
record FailedMessageView(ShownValues values) {

	/** What can be said in a line. */
	Map<String, Object> summary(FailedMessage message) {
		Map<String, Object> shown = new LinkedHashMap<>();
		String endpoint = message.endpoint();
		shown.put("id", message.id());
		shown.put("time", message.time());
		shown.put("endpoint", endpoint);
		shown.put("reason", Words.constant(message.failure().reason()));
		put(shown, "error", value(endpoint, "error", message.failure().cause()));
		shown.put("attempts", message.failure().attempts());
		shown.put("lastFailed", message.failure().time());
		shown.put("peer", peer(message));
		shown.put("type", Integer.toUnsignedLong(message.content().type()));
		shown.put("length", message.content().length());
		shown.put("cut", message.content().isCut());
		shown.put("answered", message.aftermath().answered());
		put(shown, "keptIn", message.aftermath().place());
		return shown;
	}

	private Map<String, Object> peer(FailedMessage message) {
		Map<String, Object> peer = new LinkedHashMap<>();
		peer.put("id", message.sender().id());
		put(peer, "address", value(message.endpoint(), "address", message.sender().address()));
		if (message.sender().principal() != null) {
			put(peer, "principal", value(message.endpoint(), "principal", message.sender().principal()));
		}
		return peer;
	}

	/** All that is known. */
	Map<String, Object> details(FailedMessage message) {
		Map<String, Object> shown = summary(message);
		Map<String, @Nullable Object> headers = new TreeMap<>();
		message.content()
			.headers()
			.forEach((name, value) -> headers.put(name, value(message.endpoint(), "header." + name, plain(value))));
		shown.put("headers", headers);
		shown.put("payload", payload(message.endpoint(), message.content()));
		return shown;
	}

	private Map<String, Object> payload(String endpoint, Content content) {
		Map<String, Object> payload = new LinkedHashMap<>();
		String text = text(content.payload());
		payload.put("encoding", (text != null) ? "text" : "base64");
		put(payload, "value", value(endpoint, "payload",
				(text != null) ? text : Base64.getEncoder().encodeToString(content.payload())));
		return payload;
	}

	/** The bytes as text, {@code null} if they are none. */
	private static @Nullable String text(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			boolean readable = text.chars().allMatch((letter) -> letter >= ' ' || Character.isWhitespace(letter));
			return readable ? text : null;
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/** Bytes have no other way into JSON that looks the same everywhere. */
	private static Object plain(Object value) {
		return (value instanceof byte[] bytes) ? Base64.getEncoder().encodeToString(bytes) : value;
	}

	/** What a handler returned. */
	@Nullable Object result(String endpoint, @Nullable Object result) {
		return value(endpoint, "result", (result != null) ? result.toString() : null);
	}

	private @Nullable Object value(String endpoint, String what, @Nullable Object value) {
		return this.values.of(endpoint, what, value);
	}

	private static void put(Map<String, Object> shown, String name, @Nullable Object value) {
		if (value != null) {
			shown.put(name, value);
		}
	}

}
