package io.gestalt.frame;

import io.gestalt.message.GestaltException;

/**
 * Bytes that are no frame, a frame above its limit, or a payload that cannot be framed.
 */
public final class FrameException extends GestaltException {

	public FrameException(String message) {
		super(message);
	}

}
