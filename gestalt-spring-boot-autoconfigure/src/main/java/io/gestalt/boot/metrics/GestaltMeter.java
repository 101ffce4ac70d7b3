package io.gestalt.boot.metrics;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The meters of endpoints. Each has the tags {@code endpoint} and {@code transport}. */
public enum GestaltMeter {

	/** Messages by what became of them. */
	MESSAGES("gestalt.messages", "messages", "Messages by what became of them", Tag.DIRECTION, Tag.OUTCOME),
	/** Messages that arrived whole. */
	RECEIVED("gestalt.messages.received", "messages", "Messages that arrived whole, replies included"),
	/** Messages given to the endpoint for sending. */
	OFFERED("gestalt.messages.offered", "messages",
			"Messages given to the endpoint for sending, once for each addressee"),
	/** Bytes of messages. */
	BYTES("gestalt.bytes", "bytes", "Bytes of messages: of whole frames, of bodies for AMQP", Tag.DIRECTION),
	/** Messages that were dropped. */
	DROPPED("gestalt.dropped", "messages", "Messages that were dropped", Tag.DIRECTION, Tag.REASON),
	/** Further attempts to handle a message. */
	RETRIES("gestalt.retries", "retries", "Further attempts to handle a message"),
	/** Messages that were given back to the broker. */
	SETTLED("gestalt.settled", "messages", "Messages that a handler is not done with, by where they went", Tag.OUTCOME),
	/** Failed messages that are kept. */
	FAILED_KEPT("gestalt.failed.kept", "messages", "Messages kept that could not be decoded or handled"),
	/** Failed messages that are not kept any more. */
	FAILED_EVICTED("gestalt.failed.evicted", "messages", "Failed messages that made room for newer ones"),
	/** Requests that brought no result. */
	REQUESTS_FAILED("gestalt.requests.failed", "requests", "Requests that brought no result", Tag.REASON),
	/** Replies that came too late. */
	REPLIES_LATE("gestalt.replies.late", "replies", "Replies that came after their request was given up"),
	/** Requests under way. */
	REQUESTS_PENDING("gestalt.requests.pending", "requests", "Requests that wait for their reply"),
	/** Connections now. */
	CONNECTIONS("gestalt.connections", "connections",
			"Connections that are open; for AMQP channels: one of who sends, one for each consumer"),
	/** Connections opened. */
	CONNECTIONS_OPENED("gestalt.connections.opened", "connections", "Connections that were opened"),
	/** Connections ended. */
	CONNECTIONS_CLOSED("gestalt.connections.closed", "connections",
			"Connections that ended; those of consumers only if they were lost"),
	/** Connections refused. */
	CONNECTIONS_REFUSED("gestalt.connections.refused", "connections",
			"Connections that were closed at once because there were too many, or no rule allows the peer", Tag.REASON),
	/** Connections failed. */
	CONNECTIONS_FAILED("gestalt.connections.failed", "connections", "Connections that could not be opened", Tag.REASON),
	/** Connections that replaced others. */
	RECONNECTS("gestalt.reconnects", "reconnects", "Connections that took the place of one that was lost"),
	/** Peers that were not read for a while. */
	THROTTLED("gestalt.throttled", "pauses", "How often a peer was not read for a while because it sent too much"),
	/** Known UDP peers. */
	PEERS("gestalt.peers", "peers", "UDP peers that are remembered"),
	/** Messages that wait. */
	QUEUE_SIZE("gestalt.queue.size", "messages", "Messages that wait: in, for a handler or with it; out, to be written",
			Tag.DIRECTION),
	/** Memory of what waits. */
	QUEUE_BYTES("gestalt.queue.bytes", "bytes", "Memory of messages that wait to be written", Tag.DIRECTION),
	/** Handlers at work. */
	HANDLERS_ACTIVE("gestalt.handlers.active", "handlers",
			"Threads that handlers have or wait for; for AMQP messages that are handed out and not settled"),
	/** Messages without a confirm. */
	UNCONFIRMED("gestalt.unconfirmed", "messages", "Messages that the broker has not confirmed yet"),
	/** State of the endpoint. */
	STATE("gestalt.endpoint.state", null, "1 for the state that the endpoint is in, 0 for the others", Tag.STATE);

	private final String meterName;

	private final @Nullable String unit;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> tags;

	GestaltMeter(String meterName, @Nullable String unit, String description, String... tags) {
		this.meterName = meterName;
		this.unit = unit;
		this.description = description;
		this.tags = List.of(tags);
	}

	/** Its name in a {@code MeterRegistry}. */
	public String meterName() {
		return this.meterName;
	}

	/** What it counts, {@code null} if it has no unit. */
	public @Nullable String unit() {
		return this.unit;
	}

	/** Its unit for a registry, some of which append that to the name. */
	@Nullable String baseUnit() {
		return (this.unit != null && !List.of(this.meterName.split("\\.")).contains(this.unit)) ? this.unit : null;
	}

	/** What it says, in one sentence without its end. */
	public String description() {
		return this.description;
	}

	/** The keys of its tags beside those that all have. */
	public List<String> tags() {
		return this.tags;
	}

	/** Keys of tags. */
	static final class Tag {

		static final String ENDPOINT = "endpoint";

		static final String TRANSPORT = "transport";

		static final String DIRECTION = "direction";

		static final String OUTCOME = "outcome";

		static final String REASON = "reason";

		static final String STATE = "state";

		private Tag() {
		}

	}

}
