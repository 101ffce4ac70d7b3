package io.gestalt.boot.amqp;

import java.time.Duration;

import io.gestalt.boot.properties.CodecProperties;
import io.gestalt.boot.properties.QueueProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An endpoint that asks a service.
 *
 * @param service name of the service (default the name of the endpoint)
 * @param exchange name of the exchange (default the default exchange)
 * @param window how many requests may be under way at the same time
 * @param codec how values become bytes; what arrives is decoded as its headers say
 * @param compatibility whose exchanges and queues the endpoint agrees with
 * @param queue whether one more request waits while the window is full (block), or is
 * refused at once (all else)
 * @param sendTimeout how long a request may wait for room in the window (default 5s)
 * @param requestTimeout how long a request waits for its reply (default 5s)
 * @param required whether the application is ready only while the endpoint is (default
 * true)
 * @param autoStartup whether the endpoint opens when the application starts (default
 * true)
 */
public record RequesterProperties(@Nullable String service, @DefaultValue("") String exchange,
		@DefaultValue("1000") int window, @DefaultValue CodecProperties codec,
		@DefaultValue("none") Compatibility compatibility, @DefaultValue QueueProperties queue,
		@Nullable Duration sendTimeout, @Nullable Duration requestTimeout, @Nullable Boolean required,
		@Nullable Boolean autoStartup) implements AmqpEndpointProperties {
}
