package io.gestalt.codec.compressor;

import io.gestalt.codec.CodecException;

/** The words in which compressors complain. */
final class Failures {

	private Failures() {
	}

	static CodecException tooLarge(String codec, int maxSize) {
		return new CodecException(codec, "Decompressed payload exceeds the limit of %d bytes".formatted(maxSize));
	}

	static CodecException truncated(String codec) {
		return new CodecException(codec, "Payload is not readable as %s: it ends early".formatted(codec));
	}

	static CodecException trailing(String codec, int bytes) {
		return new CodecException(codec,
				"Payload is not readable as %s: %d bytes follow its end".formatted(codec, bytes));
	}

	static CodecException corrupt(String codec, String reason) {
		return new CodecException(codec, "Payload is not readable as %s: %s".formatted(codec, reason));
	}

	static CodecException corrupt(String codec, Throwable cause) {
		if (cause instanceof CodecException known) {
			return known;
		}
		String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		return new CodecException(codec, "Payload is not readable as %s: %s".formatted(codec, reason), cause);
	}

	static CodecException notCompressed(String codec, Throwable cause) {
		return new CodecException(codec, "Payload cannot be compressed as %s: %s".formatted(codec, cause.getMessage()),
				cause);
	}

}
