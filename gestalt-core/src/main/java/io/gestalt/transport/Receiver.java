package io.gestalt.transport;

import io.gestalt.transport.queue.Ticket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Takes what arrives on one connection; called on the connection's event loop only. */
public interface Receiver {

	/** Whether there is room for another frame; if not, {@link Connection#resume}. */
	boolean ready();

	/**
	 * A whole frame has arrived.
	 * @param type the message type identifier, 0 if the framing carries none
	 * @param payload the payload, between reader and writer index; neither buffer nor
	 * indices may be used after the return
	 */
	void received(int type, ByteBuf payload);

	/**
	 * No more frames for now.
	 * @return whether several replies may follow each other soon
	 */
	boolean receiveComplete();

	/** A queued message goes to the connection now, after all that went before it. */
	void leaving(Ticket ticket);

	/** The queue of the connection is not congested any more. */
	void writable();

	/** Whether all that was received is handled. */
	boolean idle();

	/** The connection has ended. */
	void closed(CloseReason reason, @Nullable Throwable cause);

}
