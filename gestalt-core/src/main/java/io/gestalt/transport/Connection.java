package io.gestalt.transport;

import java.net.SocketAddress;
import java.security.Principal;

import io.gestalt.transport.queue.OutboundQueue;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** A framed conversation with one remote end, over some transport. */
public interface Connection extends WireTapped {

	/** Ten lower-case hexadecimal characters, new for every connection. */
	String id();

	SocketAddress localAddress();

	SocketAddress remoteAddress();

	/** Who the remote end proved to be by its TLS certificate. */
	@Nullable Principal principal();

	/** The one thread on which the receiver is called. */
	EventLoop eventLoop();

	/** Writes what waits in a queue, now and from now on. */
	void attach(OutboundQueue queue);

	/** Asks the receiver again whether it is ready; safe from any thread. */
	void resume();

	/** Reads nothing more from the network; what was read is still received. */
	void stopReading();

	/** Whether no whole frame that was read waits to be received. */
	boolean drained();

	/** Whether all that was queued is written to the network. */
	boolean flushed();

	/** Takes nothing more from its queue; safe from any thread. */
	void stopWriting();

	/** Writes nothing more, tells the remote end so, and goes on reading. */
	void shutdownOutput();

	/** Ends the connection; the first reason counts. */
	void close(CloseReason reason, @Nullable Throwable cause);

}
