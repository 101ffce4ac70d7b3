package io.gestalt.message;

import java.util.Map;

/**
 * What a handler may want to know of a message besides its payload.
 *
 * @param peer who sent it
 * @param type the message type identifier, 0 where the framing carries none
 * @param headers named values, empty where the transport carries none
 * @param acknowledgment says what becomes of it, to no effect where nobody asks
 */
public record MessageContext(Peer peer, int type, Map<String, Object> headers, Acknowledgment acknowledgment) {

	/** The context of a message that need not be acknowledged. */
	public MessageContext(Peer peer, int type, Map<String, Object> headers) {
		this(peer, type, headers, Acknowledgment.NONE);
	}

	/** The context of a message that came without headers. */
	public MessageContext(Peer peer, int type) {
		this(peer, type, Map.of());
	}

}
