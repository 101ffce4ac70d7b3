package io.gestalt.boot.udp;

import java.time.Duration;

import io.gestalt.boot.properties.CodecProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.FramingProperties;
import io.gestalt.boot.properties.LimitsProperties;
import io.gestalt.boot.properties.QueueProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * An endpoint that sends datagrams and hears the answers.
 *
 * @param target where it sends to: host:port, or several separated by commas, to which it
 * sends in turn; must be set
 * @param ttl how many routers a multicast datagram may pass (default 1)
 * @param networkInterface name of the network interface for multicast, unless set the
 * system's choice
 * @param broadcast whether datagrams may be sent to a broadcast address (default false)
 * @param framing where a message begins and ends
 * @param codec how values become bytes
 * @param limits what a peer may ask of the endpoint
 * @param queue how much may wait, for each peer and direction
 * @param sendTimeout how long a sender waits for room in a full queue (default 5s)
 * @param required whether the application is ready only while the endpoint is (default
 * true)
 * @param autoStartup whether the endpoint opens when the application starts (default
 * true)
 */
public record UdpClientProperties(@Nullable String target, @DefaultValue("1") int ttl,
		@Name("interface") @Nullable String networkInterface, @DefaultValue("false") boolean broadcast,
		@DefaultValue FramingProperties framing, @DefaultValue CodecProperties codec,
		@DefaultValue LimitsProperties limits, @DefaultValue QueueProperties queue, @Nullable Duration sendTimeout,
		@Nullable Boolean required, @Nullable Boolean autoStartup) implements EndpointProperties {
}
