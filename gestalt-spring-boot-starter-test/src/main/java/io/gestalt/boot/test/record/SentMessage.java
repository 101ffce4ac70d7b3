package io.gestalt.boot.test.record;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/** A message that the application sent, as its peer got it. */
public final class SentMessage {

	private final String endpoint;

	private final int type;

	private final byte[] raw;

	private final Map<String, Object> headers;

	private final BiFunction<byte[], Type, @Nullable Object> decoder;

	/**
	 * Keeps a message.
	 * @param endpoint name of the endpoint that sent it
	 * @param type its message type identifier
	 * @param raw its payload
	 * @param headers what came beside it
	 * @param decoder the codec of the endpoint
	 */
	public SentMessage(String endpoint, int type, byte[] raw, Map<String, Object> headers,
			BiFunction<byte[], Type, @Nullable Object> decoder) {
		this.endpoint = endpoint;
		this.type = type;
		this.raw = raw.clone();
		this.headers = Map.copyOf(headers);
		this.decoder = decoder;
	}

	/** Name of the endpoint that sent it. */
	public String endpoint() {
		return this.endpoint;
	}

	/** The message type identifier, 0 for none. */
	public int type() {
		return this.type;
	}

	/** The payload as it came, after decompression. */
	public byte[] raw() {
		return this.raw.clone();
	}

	/** {@link #raw} as text. */
	public String text() {
		return new String(this.raw, StandardCharsets.UTF_8);
	}

	/** Named values that came beside the payload. */
	public Map<String, Object> headers() {
		return this.headers;
	}

	/**
	 * The payload, decoded by the endpoint's codec.
	 * @throws AssertionError if it is something else
	 */
	public <T> T as(Class<T> target) {
		try {
			Object value = this.decoder.apply(this.raw.clone(), target);
			if (target.isInstance(value)) {
				return target.cast(value);
			}
		}
		catch (RuntimeException ex) {
			throw new AssertionError("Expected a %s but got %s".formatted(target.getSimpleName(), this), ex);
		}
		throw new AssertionError("Expected a %s but got %s".formatted(target.getSimpleName(), this));
	}

	@Override
	public String toString() {
		String headerText = this.headers.isEmpty() ? "" : " with headers " + this.headers;
		return Bytes.show(this.raw) + ((this.type != 0) ? " of type " + Integer.toUnsignedString(this.type) : "")
				+ headerText;
	}

}
