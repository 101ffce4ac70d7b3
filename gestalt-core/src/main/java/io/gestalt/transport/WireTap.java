package io.gestalt.transport;

import io.netty.buffer.ByteBuf;

/**
 * Is told of all bytes that an endpoint reads and writes, without TLS and as they come,
 * which need not be whole messages. Must neither block nor throw.
 */
@FunctionalInterface
public interface WireTap {

	/**
	 * Bytes were read, or are about to be written.
	 * @param direction which of both
	 * @param peer who is at the other end, for people to read
	 * @param bytes only borrowed; its indices must stay as they are
	 */
	void passed(Direction direction, String peer, ByteBuf bytes);

	/** Which way bytes go. */
	enum Direction {

		/** To this application. */
		IN,
		/** To the peer. */
		OUT

	}

}
