package io.gestalt.endpoint;

import java.lang.reflect.Type;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.gestalt.dispatch.Listener;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;

/** A named place through which an application talks to its peers. */
public interface Endpoint {

	/** The name that the user gave it. */
	String name();

	/**
	 * Says what to do with messages, in place of what was said before.
	 * @param listener the handlers
	 * @throws EndpointException if the endpoint is open
	 */
	void listen(Listener listener);

	/** What is done with messages, {@code null} if nothing is, or nobody can tell. */
	default @Nullable Listener listener() {
		return null;
	}

	/**
	 * Opens the endpoint; does nothing if it is open.
	 * @throws EndpointException if it cannot be opened
	 */
	void start();

	/**
	 * Closes the endpoint; does nothing if it is closed. Nothing more is accepted from
	 * then on, what was accepted is handled, then connections are closed.
	 * @param grace how long handlers may take for what was accepted
	 * @return what became of the last messages
	 */
	StopReport stop(Duration grace);

	boolean running();

	/** Whether it can do its work. */
	default EndpointState state() {
		return running() ? EndpointState.READY : EndpointState.STOPPED;
	}

	/** What keeps it from its work, {@code null} if nothing does. */
	default @Nullable Throwable lastError() {
		return null;
	}

	/** What it has under way. */
	default EndpointLoad load() {
		return EndpointLoad.NONE;
	}

	/** Where it listens, empty for a client or a closed endpoint. */
	List<SocketAddress> addresses();

	/** The peers that are there now. */
	Collection<Peer> peers();

	Counters counters();

	/** Which message type identifiers its messages may bear, and what they stand for. */
	MessageTypes types();

	/** Whether its framing carries message type identifiers at all. */
	boolean carriesType();

	/** How long a sender may wait for its message to go out. */
	Duration sendTimeout();

	/** The first peer that is there, now or later. */
	CompletableFuture<Peer> whenConnected();

	/**
	 * Queues a message for the only peer. A client may send before it is connected.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 * @throws EndpointException if there is no peer, or more than one
	 * @throws io.gestalt.message.SendException if the queue refused it
	 * @throws io.gestalt.codec.CodecException if it cannot be encoded
	 */
	void send(@Nullable Object payload);

	/**
	 * Like {@link #send}, but tells when the message was written to the peer's socket.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 * @return completes when the message was written; fails if it was refused, dropped or
	 * lost. To cancel it drops the message if it still waits.
	 */
	CompletableFuture<Void> sendAsync(@Nullable Object payload);

	/**
	 * Queues a message for every peer.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 * @return how many queues took it; refusals are counted
	 */
	default int sendToAll(@Nullable Object payload) {
		int taken = 0;
		for (Peer peer : peers()) {
			try {
				peer.send(payload);
				taken++;
			}
			catch (SendException ex) {
				// counted where it was refused
			}
		}
		return taken;
	}

	/**
	 * Sends a message to the only peer and waits for the reply within the request
	 * timeout. Where the framing carries no correlation, replies belong to requests in
	 * the order in which these were sent.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 * @param replyType what the reply is decoded to
	 * @param <R> type of the reply
	 * @return the reply, or a failure: {@link RequestTimeoutException},
	 * {@link io.gestalt.message.SendException}, {@link io.gestalt.codec.CodecException}
	 */
	default <R> CompletableFuture<R> request(@Nullable Object payload, Class<R> replyType) {
		return request(payload, replyType, null);
	}

	/**
	 * Sends a message to the only peer and waits for the reply.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 * @param replyType what the reply is decoded to
	 * @param timeout how long to wait, {@code null} for the endpoint's request timeout
	 * @param <R> type of the reply
	 * @return the reply, or a failure
	 */
	<R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout);

}
