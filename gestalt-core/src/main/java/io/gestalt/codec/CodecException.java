package io.gestalt.codec;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** A value that cannot be written, or bytes that cannot be read. */
public final class CodecException extends GestaltException {

	private final String codec;

	public CodecException(String codec, String message) {
		this(codec, message, null);
	}

	public CodecException(String codec, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.codec = codec;
	}

	/** Name of the serializer or compressor that failed. */
	public String codec() {
		return this.codec;
	}

}
