package io.gestalt.codec;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** A codec that was asked for while the library that it needs is not there. */
public final class MissingLibraryException extends GestaltException {

	private final String codec;

	private final String dependency;

	/**
	 * Creates the exception.
	 * @param codec name of the codec
	 * @param dependency what to add, as {@code group:artifact}
	 * @param cause what the class loader said
	 */
	public MissingLibraryException(String codec, String dependency, @Nullable Throwable cause) {
		super("Codec '%s' needs the library '%s', which is not on the class path".formatted(codec, dependency), cause);
		this.codec = codec;
		this.dependency = dependency;
	}

	/** Name of the codec that needs it. */
	public String codec() {
		return this.codec;
	}

	/** What to add, as {@code group:artifact}. */
	public String dependency() {
		return this.dependency;
	}

}
