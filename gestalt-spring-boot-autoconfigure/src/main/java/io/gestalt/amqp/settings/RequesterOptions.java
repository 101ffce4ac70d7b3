package io.gestalt.amqp.settings;

import java.time.Duration;

import io.gestalt.transport.queue.OnFull;
import org.jspecify.annotations.Nullable;

/**
 * How a requester asks.
 *
 * @param exchange name of the exchange, empty for the default one
 * @param service routing key of requests, for the default exchange the queue of the
 * service
 * @param returns name of the headers exchange through which requests come back that were
 * rejected or expired, {@code null} if they don't
 * @param requestTimeout how long a request waits for its reply
 * @param window how many requests may be under way at the same time
 * @param onFull whether one more waits for room, at most the send timeout, or is refused
 * at once; requests are never dropped in favour of others
 */
public record RequesterOptions(String exchange, String service, @Nullable String returns, Duration requestTimeout,
		int window, OnFull onFull) {
}
