package io.gestalt.boot.metrics;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.gestalt.boot.metrics.GestaltMeter.Tag;
import io.gestalt.message.Counter;
import io.micrometer.core.instrument.Tags;

/** Which meter shows each counter of an endpoint, and under which tags. */
final class CountedMeters {

	private static final Tags IN = Tags.of(Tag.DIRECTION, "in");

	private static final Tags OUT = Tags.of(Tag.DIRECTION, "out");

	private static final Set<Counter> AMQP_ONLY = EnumSet.of(Counter.RETRIED, Counter.DEAD_LETTERED, Counter.REJECTED,
			Counter.REQUEUED, Counter.NACKED, Counter.RETURNED, Counter.UNCONFIRMED, Counter.REMOTE_ERRORS,
			Counter.EXPIRED);

	private static final Set<Counter> SOCKETS_ONLY = EnumSet.of(Counter.MALFORMED, Counter.ABANDONED,
			Counter.DROPPED_OLDEST);

	private static final Set<Counter> TCP_ONLY = EnumSet.of(Counter.CONNECTIONS_REFUSED, Counter.FORBIDDEN,
			Counter.THROTTLED, Counter.TLS_FAILED);

	private static final Set<Counter> UDP_ONLY = EnumSet.of(Counter.INBOUND_FULL);

	private static final Set<Counter> NOT_UDP = EnumSet.of(Counter.REQUEST_TIMEOUTS, Counter.LATE_REPLIES,
			Counter.CONNECTED, Counter.RECONNECTED, Counter.DISCONNECTED, Counter.CONNECT_FAILED);

	static final Map<Counter, CountedMeter> ALL = all();

	private CountedMeters() {
	}

	private static Map<Counter, CountedMeter> all() {
		Map<Counter, CountedMeter> all = new EnumMap<>(Counter.class);
		addIncoming(all);
		addOutgoing(all);
		addRequests(all);
		addConnections(all);
		return all;
	}

	private static void addIncoming(Map<Counter, CountedMeter> all) {
		all.put(Counter.RECEIVED, new CountedMeter(GestaltMeter.RECEIVED, Tags.empty()));
		all.put(Counter.RECEIVED_BYTES, new CountedMeter(GestaltMeter.BYTES, IN));
		all.put(Counter.HANDLED, outcome(IN, "handled"));
		all.put(Counter.HANDLER_FAILED, outcome(IN, "failed"));
		all.put(Counter.UNDECODABLE, outcome(IN, "undecodable"));
		all.put(Counter.MALFORMED, outcome(IN, "malformed"));
		all.put(Counter.UNHANDLED, outcome(IN, "unhandled"));
		all.put(Counter.ABANDONED, dropped(IN, "stopped"));
		all.put(Counter.INBOUND_FULL, dropped(IN, "full"));
		all.put(Counter.RETRIED, new CountedMeter(GestaltMeter.RETRIES, Tags.empty()));
		all.put(Counter.DEAD_LETTERED, settled("dead-lettered"));
		all.put(Counter.REJECTED, settled("rejected"));
		all.put(Counter.REQUEUED, settled("requeued"));
	}

	private static void addOutgoing(Map<Counter, CountedMeter> all) {
		all.put(Counter.OFFERED, new CountedMeter(GestaltMeter.OFFERED, Tags.empty()));
		all.put(Counter.SENT_BYTES, new CountedMeter(GestaltMeter.BYTES, OUT));
		all.put(Counter.SENT, outcome(OUT, "sent"));
		all.put(Counter.REFUSED, outcome(OUT, "refused"));
		all.put(Counter.NACKED, outcome(OUT, "nacked"));
		all.put(Counter.RETURNED, outcome(OUT, "returned"));
		all.put(Counter.UNCONFIRMED, outcome(OUT, "unconfirmed"));
		all.put(Counter.DROPPED_OLDEST, dropped(OUT, "oldest"));
		all.put(Counter.DROPPED_NEWEST, dropped(OUT, "newest"));
		all.put(Counter.DROPPED_LOST, dropped(OUT, "lost"));
	}

	private static void addRequests(Map<Counter, CountedMeter> all) {
		all.put(Counter.REQUEST_TIMEOUTS, failed(GestaltMeter.REQUESTS_FAILED, "timeout"));
		all.put(Counter.REMOTE_ERRORS, failed(GestaltMeter.REQUESTS_FAILED, "error"));
		all.put(Counter.EXPIRED, failed(GestaltMeter.REQUESTS_FAILED, "expired"));
		all.put(Counter.LATE_REPLIES, new CountedMeter(GestaltMeter.REPLIES_LATE, Tags.empty()));
	}

	private static void addConnections(Map<Counter, CountedMeter> all) {
		all.put(Counter.CONNECTED, new CountedMeter(GestaltMeter.CONNECTIONS_OPENED, Tags.empty()));
		all.put(Counter.RECONNECTED, new CountedMeter(GestaltMeter.RECONNECTS, Tags.empty()));
		all.put(Counter.DISCONNECTED, new CountedMeter(GestaltMeter.CONNECTIONS_CLOSED, Tags.empty()));
		all.put(Counter.CONNECTIONS_REFUSED, failed(GestaltMeter.CONNECTIONS_REFUSED, "limit"));
		all.put(Counter.FORBIDDEN, failed(GestaltMeter.CONNECTIONS_REFUSED, "forbidden"));
		all.put(Counter.THROTTLED, new CountedMeter(GestaltMeter.THROTTLED, Tags.empty()));
		all.put(Counter.CONNECT_FAILED, failed(GestaltMeter.CONNECTIONS_FAILED, "connect"));
		all.put(Counter.TLS_FAILED, failed(GestaltMeter.CONNECTIONS_FAILED, "tls"));
	}

	private static CountedMeter outcome(Tags direction, String outcome) {
		return new CountedMeter(GestaltMeter.MESSAGES, direction.and(Tag.OUTCOME, outcome));
	}

	private static CountedMeter dropped(Tags direction, String reason) {
		return new CountedMeter(GestaltMeter.DROPPED, direction.and(Tag.REASON, reason));
	}

	private static CountedMeter settled(String outcome) {
		return new CountedMeter(GestaltMeter.SETTLED, Tags.of(Tag.OUTCOME, outcome));
	}

	private static CountedMeter failed(GestaltMeter meter, String reason) {
		return new CountedMeter(meter, Tags.of(Tag.REASON, reason));
	}

	/** Whether a transport ever counts this. */
	static boolean occurs(Counter counter, EndpointTransport transport) {
		return switch (transport) {
			case TCP -> !AMQP_ONLY.contains(counter) && !UDP_ONLY.contains(counter);
			case UDP -> !AMQP_ONLY.contains(counter) && !TCP_ONLY.contains(counter) && !NOT_UDP.contains(counter);
			case AMQP -> !SOCKETS_ONLY.contains(counter) && !TCP_ONLY.contains(counter) && !UDP_ONLY.contains(counter);
			case OTHER -> true;
		};
	}

	/**
	 * A meter that shows a counter.
	 *
	 * @param meter the meter
	 * @param tags its tags beside those that all have
	 */
	record CountedMeter(GestaltMeter meter, Tags tags) {
	}

}
