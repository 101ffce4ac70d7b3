package io.gestalt.codec;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be written, or bytes that cannot be read. The factory methods find
 * the same words for every codec.
 */
public final class CodecException extends GestaltException {

	private final String codec;

	public CodecException(String codec, String message) {
		this(codec, message, null);
	}

	/**
	 * Creates the exception.
	 * @param codec name of the serializer or compressor that failed
	 * @param message what happened
	 * @param cause what its library threw, {@code null} for nothing
	 */
	public CodecException(String codec, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.codec = codec;
	}

	/** For bytes that are not of this format. */
	public static CodecException unreadable(String codec, String reason) {
		return unreadable(codec, reason, null);
	}

	/** For what a library threw at the bytes: one of ours is passed on as it is. */
	public static CodecException unreadable(String codec, Throwable cause) {
		return (cause instanceof CodecException known) ? known : unreadable(codec, reason(cause), cause);
	}

	/** For bytes that nest deeper than they may. */
	public static CodecException tooDeep(String codec, int limit) {
		return unreadable(codec, "nesting exceeds the limit of %d levels".formatted(limit));
	}

	/** For bytes behind those that were asked for. */
	public static CodecException trailing(String codec, long bytes) {
		return unreadable(codec, "%d bytes follow its end".formatted(bytes));
	}

	/** For a value that this format has no form for. */
	public static CodecException unwritable(String codec, Object value, String reason) {
		return unwritable(codec, value, reason, null);
	}

	/** For what a library threw at the value: one of ours is passed on as it is. */
	public static CodecException unwritable(String codec, Object value, Throwable cause) {
		return (cause instanceof CodecException known) ? known : unwritable(codec, value, reason(cause), cause);
	}

	private static CodecException unreadable(String codec, String reason, @Nullable Throwable cause) {
		return new CodecException(codec, "Payload is not readable as %s: %s".formatted(codec, reason), cause);
	}

	private static CodecException unwritable(String codec, Object value, String reason, @Nullable Throwable cause) {
		return new CodecException(codec,
				"Value of '%s' is not writable as %s: %s".formatted(value.getClass().getTypeName(), codec, reason),
				cause);
	}

	private static String reason(Throwable cause) {
		if (cause instanceof StackOverflowError) {
			return "nesting is too deep";
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

	/** Name of the serializer or compressor that failed. */
	public String codec() {
		return this.codec;
	}

}
