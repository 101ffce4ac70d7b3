package io.gestalt.failed.store;

import java.nio.file.Path;

import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** A file that cannot keep failed messages. */
public final class StoreException extends GestaltException {

	@SuppressWarnings("serial")
	private final Path file;

	public StoreException(Path file, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.file = file;
	}

	/** The file in question. */
	public Path file() {
		return this.file;
	}

}
