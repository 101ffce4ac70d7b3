package io.gestalt.test.frame;

import java.util.HexFormat;

/**
 * A frame that was found.
 *
 * @param type the message type identifier, 0 if the framing carries none
 * @param payload its bytes in hexadecimal
 */
public record RecordedFrame(int type, String payload) {

	public RecordedFrame(int type, byte[] payload) {
		this(type, HexFormat.of().formatHex(payload));
	}

}
