package io.gestalt.transport.udp;

import java.net.InetSocketAddress;

import io.netty.buffer.ByteBuf;

/** Takes what arrives at one UDP socket; called on the socket's event loop only. */
public interface DatagramReceiver {

	/**
	 * A datagram has arrived.
	 * @param sender where it comes from
	 * @param datagram its bytes, only borrowed
	 */
	void received(InetSocketAddress sender, ByteBuf datagram);

	/** No more datagrams for now. */
	void receiveComplete();

	/** The socket failed to receive, or this failed to take; the socket stays open. */
	void failed(Throwable cause);

}
