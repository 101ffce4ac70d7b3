package io.gestalt.codec.serializer;

import java.lang.reflect.Type;

import io.gestalt.codec.CodecException;

/** The words in which serializers complain. */
final class Failures {

	private Failures() {
	}

	static CodecException unreadable(String codec, Throwable cause) {
		if (cause instanceof CodecException known) {
			return known;
		}
		return new CodecException(codec, "Payload is not readable as %s: %s".formatted(codec, reason(cause)), cause);
	}

	static CodecException unreadable(String codec, String reason) {
		return new CodecException(codec, "Payload is not readable as %s: %s".formatted(codec, reason));
	}

	static CodecException trailing(String codec, long bytes) {
		return unreadable(codec, "%d bytes follow the value".formatted(bytes));
	}

	static CodecException tooDeep(String codec, int limit) {
		return unreadable(codec, "nesting exceeds the limit of %d levels".formatted(limit));
	}

	static CodecException unwritable(String codec, Object value, Throwable cause) {
		if (cause instanceof CodecException known) {
			return known;
		}
		return new CodecException(codec, "Value of '%s' is not writable as %s: %s"
			.formatted(value.getClass().getTypeName(), codec, reason(cause)), cause);
	}

	static CodecException unwritable(String codec, Object value, String reason) {
		return new CodecException(codec,
				"Value of '%s' is not writable as %s: %s".formatted(value.getClass().getTypeName(), codec, reason));
	}

	static CodecException wrongTarget(String codec, Type target, String known) {
		return unreadable(codec, "it cannot become '%s', only %s".formatted(target.getTypeName(), known));
	}

	private static String reason(Throwable cause) {
		if (cause instanceof StackOverflowError) {
			return "nesting is too deep";
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

}
