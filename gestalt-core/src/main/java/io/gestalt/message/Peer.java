package io.gestalt.message;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** The other end of a conversation. */
public interface Peer {

	/** Ten lower-case hexadecimal characters, new for every connection. */
	String id();

	/** Where the peer is, as seen from here. */
	SocketAddress address();

	/** Who the peer proved to be by its TLS certificate, {@code null} if it did not. */
	@Nullable Principal principal();

	/**
	 * Queues a message for this peer, as the endpoint's queue settings say.
	 * @param payload a value, a {@link Message}, or {@code null} for an empty message
	 * @throws GestaltException if the queue refused it or it cannot be encoded
	 */
	void send(@Nullable Object payload);

	/**
	 * Queues a message for this peer.
	 * @param payload a value, a {@link Message}, or {@code null} for an empty message
	 * @return a future that completes when the message was written to the peer's socket,
	 * and fails if it was refused, dropped or lost
	 */
	CompletableFuture<Void> sendAsync(@Nullable Object payload);

	/** Ends the conversation; what was queued but not yet written is dropped. */
	void close();

}
