package io.gestalt.failed;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What came over the wire, before any codec has touched it.
 *
 * @param type the message type identifier, 0 for none
 * @param headers what came beside the payload, content headers included: strings,
 * numbers, booleans, dates, bytes, and lists and maps of them
 * @param payload its bytes, or as many of the first of them as are kept
 * @param length how many bytes it had
 */
@SuppressWarnings("ArrayRecordComponent")
public record Content(int type, Map<String, Object> headers, byte[] payload, long length) {

	private static final long OVERHEAD = 32;

	private static final int DEEPEST = 64;

	/** Content that is whole. */
	public Content(int type, Map<String, Object> headers, byte[] payload) {
		this(type, headers, payload, payload.length);
	}

	/** Whether some of the payload is missing. */
	public boolean isCut() {
		return this.payload.length < this.length;
	}

	/** No more than so many bytes of the payload. */
	Content cut(int limit) {
		return (this.payload.length <= limit) ? this
				: new Content(this.type, this.headers, Arrays.copyOf(this.payload, limit), this.length);
	}

	/** The same with another payload. */
	Content with(byte[] newPayload) {
		return new Content(this.type, this.headers, newPayload);
	}

	/**
	 * About how much memory it takes.
	 * @throws IllegalArgumentException if its headers are nested too deep to be kept
	 */
	long size() {
		return this.payload.length + size(this.headers);
	}

	static long size(@Nullable Object value) {
		return size(value, 0);
	}

	private static long size(@Nullable Object value, int depth) {
		if (depth > DEEPEST) {
			throw new IllegalArgumentException(
					"Headers are nested deeper than the limit of %d levels".formatted(DEEPEST));
		}
		if (value instanceof CharSequence text) {
			return OVERHEAD + text.length();
		}
		if (value instanceof byte[] bytes) {
			return OVERHEAD + bytes.length;
		}
		if (value instanceof Collection<?> values) {
			return OVERHEAD + values.stream().mapToLong((item) -> size(item, depth + 1)).sum();
		}
		if (value instanceof Map<?, ?> values) {
			return size(values.keySet(), depth) + size(values.values(), depth);
		}
		return OVERHEAD;
	}

}
