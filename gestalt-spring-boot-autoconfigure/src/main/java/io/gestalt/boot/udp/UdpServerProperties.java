package io.gestalt.boot.udp;

import java.time.Duration;

import io.gestalt.boot.properties.CodecProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.FramingProperties;
import io.gestalt.boot.properties.LimitsProperties;
import io.gestalt.boot.properties.QueueProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An endpoint that receives datagrams on a port of its own.
 *
 * @param address where it listens (default 0.0.0.0)
 * @param port on which port it listens, 0 for any free one; must be set
 * @param multicast how the endpoint uses multicast
 * @param broadcast whether datagrams may be sent to a broadcast address (default false)
 * @param reusePort whether several sockets may listen on the same port (default false)
 * @param maxPeers how many senders are remembered; the one silent for longest is
 * forgotten first (default 10000)
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
public record UdpServerProperties(@DefaultValue("0.0.0.0") String address, @Nullable Integer port,
		@Nullable MulticastProperties multicast, @DefaultValue("false") boolean broadcast,
		@DefaultValue("false") boolean reusePort, @DefaultValue("10000") int maxPeers,
		@DefaultValue FramingProperties framing, @DefaultValue CodecProperties codec,
		@DefaultValue LimitsProperties limits, @DefaultValue QueueProperties queue, @Nullable Duration sendTimeout,
		@Nullable Boolean required, @Nullable Boolean autoStartup) implements EndpointProperties {
}
