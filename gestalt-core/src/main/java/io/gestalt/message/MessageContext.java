package io.gestalt.message;

import java.util.Map;

/**
 * What a handler may want to know of a message besides its payload.
 *
 * @param peer who sent it
 * @param type the message type identifier, 0 where the framing carries none
 * @param headers named values, empty where the transport carries none
 */
public record MessageContext(Peer peer, int type, Map<String, Object> headers) {

	/** The context of a message that came without headers. */
	public MessageContext(Peer peer, int type) {
		this(peer, type, Map.of());
	}

}
