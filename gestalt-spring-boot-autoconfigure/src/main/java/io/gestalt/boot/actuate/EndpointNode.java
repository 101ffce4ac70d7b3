package io.gestalt.boot.actuate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * An endpoint as the actuator shows it.
 *
 * @param kind what it is, such as {@code tcp-server}
 * @param description framing, codec, limits and TLS
 * @param state what it does, such as {@code listening}
 * @param lastError what keeps it from its work
 * @param required whether the application is ready only while the endpoint is
 * @param autoStartup whether it opens when the application starts
 * @param where addresses on which it listens, or where it goes
 * @param listener its handlers
 * @param peers those that are there now
 * @param queue what is under way, and how much may be
 * @param counters what it has counted so far, but for zeros
 * @param rates how fast it counted lately
 */
record EndpointNode(String kind, String description, String state, @Nullable Object lastError, boolean required,
		boolean autoStartup, List<Object> where, @Nullable ListenerNode listener, Peers peers, Queue queue,
		Map<String, Long> counters, @Nullable Rates rates) implements OperationResponseBody {

	/**
	 * The handlers of an endpoint.
	 *
	 * @param execution on which threads they run
	 * @param ordering whether messages of one peer are handled one after the other
	 * @param concurrency how many run at the same time as configured, 0 for no limit
	 * @param replies whether peers may expect replies
	 * @param handlers each of them
	 */
	record ListenerNode(String execution, String ordering, int concurrency, boolean replies, List<Handler> handlers) {
	}

	/**
	 * One handler.
	 *
	 * @param messageType the message type identifier that it handles, {@code null} for
	 * all that no other does
	 * @param payload what it takes
	 * @param method what it is called
	 */
	record Handler(@Nullable String messageType, String payload, String method) {
	}

	/**
	 * The peers of an endpoint.
	 *
	 * @param count how many there are
	 * @param shown some of them
	 */
	record Peers(int count, List<PeerNode> shown) {
	}

	/**
	 * One peer.
	 *
	 * @param id by which it can be disconnected
	 * @param address where it is
	 * @param principal who it proved to be
	 */
	record PeerNode(String id, @Nullable Object address, @Nullable Object principal) {
	}

	/**
	 * What is under way.
	 *
	 * @param received messages that wait for a handler, or are with one
	 * @param handlers handlers at work
	 * @param sending messages that wait to be written or confirmed
	 * @param sendingBytes memory that they take
	 * @param requests requests that wait for their reply
	 * @param consumers consumers of a queue
	 * @param capacity how many messages may wait, for each peer and direction
	 * @param maxBytes how much memory they may take
	 * @param onFull what happens to those that do not fit
	 */
	record Queue(long received, long handlers, long sending, long sendingBytes, long requests,
			@Nullable Integer consumers, @Nullable Integer capacity, @Nullable Long maxBytes, @Nullable String onFull) {
	}

	/**
	 * How fast an endpoint counted.
	 *
	 * @param seconds over which time
	 * @param perSecond each counter that moved
	 */
	record Rates(double seconds, Map<String, Double> perSecond) {
	}

}
