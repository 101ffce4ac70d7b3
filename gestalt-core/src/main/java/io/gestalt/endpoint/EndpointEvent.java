package io.gestalt.endpoint;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

import io.gestalt.message.Peer;
import io.gestalt.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/** Something in the life of an endpoint that an application may want to know. */
public sealed interface EndpointEvent {

	/** Name of the endpoint. */
	String endpoint();

	/**
	 * An endpoint is open.
	 *
	 * @param endpoint name of the endpoint
	 * @param addresses where it listens, empty for a client
	 */
	record Started(String endpoint, List<SocketAddress> addresses) implements EndpointEvent {
	}

	/**
	 * An endpoint is closed.
	 *
	 * @param endpoint name of the endpoint
	 * @param report what became of the last messages
	 */
	record Stopped(String endpoint, StopReport report) implements EndpointEvent {
	}

	/**
	 * A peer is there, its TLS handshake done.
	 *
	 * @param endpoint name of the endpoint
	 * @param peer the peer
	 */
	record PeerConnected(String endpoint, Peer peer) implements EndpointEvent {
	}

	/**
	 * A peer is gone.
	 *
	 * @param endpoint name of the endpoint
	 * @param peer the peer
	 * @param reason why
	 * @param cause what went wrong, {@code null} if nothing did
	 */
	record PeerDisconnected(String endpoint, Peer peer, CloseReason reason,
			@Nullable Throwable cause) implements EndpointEvent {
	}

	/**
	 * A connection ended before its TLS handshake was done.
	 *
	 * @param endpoint name of the endpoint
	 * @param address the other end
	 * @param cause what went wrong
	 */
	record HandshakeFailed(String endpoint, SocketAddress address, @Nullable Throwable cause) implements EndpointEvent {
	}

	/**
	 * Something went wrong that nobody handles: an {@link Error} of a handler, or a fault
	 * in the endpoint itself.
	 *
	 * @param endpoint name of the endpoint
	 * @param error what was thrown
	 */
	record Uncaught(String endpoint, Throwable error) implements EndpointEvent {
	}

	/**
	 * A client could not connect.
	 *
	 * @param endpoint name of the endpoint
	 * @param target where it tried
	 * @param retryIn after how long it tries again
	 * @param cause what went wrong
	 */
	record ConnectFailed(String endpoint, SocketAddress target, Duration retryIn,
			@Nullable Throwable cause) implements EndpointEvent {
	}

}
