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
		return CodecException.unreadable(codec, "it ends early");
	}

	static CodecException notCompressed(String codec, Throwable cause) {
		return new CodecException(codec, "Payload cannot be compressed as %s: %s".formatted(codec, cause.getMessage()),
				cause);
	}

}
