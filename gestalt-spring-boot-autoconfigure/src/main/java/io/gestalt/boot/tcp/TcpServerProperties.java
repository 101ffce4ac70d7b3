package io.gestalt.boot.tcp;

import java.time.Duration;

import io.gestalt.boot.properties.CodecProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.FramingProperties;
import io.gestalt.boot.properties.LimitsProperties;
import io.gestalt.boot.properties.QueueProperties;
import io.gestalt.boot.properties.SslProperties;
import io.gestalt.endpoint.OnError;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An endpoint that listens for TCP connections.
 *
 * @param address where it listens (default 0.0.0.0)
 * @param port on which port it listens, 0 for any free one; must be set
 * @param framing where a message begins and ends
 * @param codec how values become bytes
 * @param limits what a peer may ask of the endpoint
 * @param queue how much may wait, for each peer and direction
 * @param ssl how connections are secured
 * @param security whom it lets in
 * @param idleTimeout after how long a silence of the peer a connection is closed, zero
 * for never (default 0s)
 * @param sendTimeout how long a sender waits for room in a full queue (default 5s)
 * @param requestTimeout how long a request waits for its reply (default 5s)
 * @param onError what happens after a message that could not be decoded or handled;
 * unless set, a connection is closed where the listener replies, else the message is
 * dropped
 * @param required whether the application is ready only while the endpoint is (default
 * true)
 * @param autoStartup whether the endpoint opens when the application starts (default
 * true)
 */
public record TcpServerProperties(@DefaultValue("0.0.0.0") String address, @Nullable Integer port,
		@DefaultValue FramingProperties framing, @DefaultValue CodecProperties codec,
		@DefaultValue LimitsProperties limits, @DefaultValue QueueProperties queue, @DefaultValue SslProperties ssl,
		@DefaultValue @NestedConfigurationProperty AllowProperties security, @Nullable Duration idleTimeout,
		@Nullable Duration sendTimeout, @Nullable Duration requestTimeout, @Nullable OnError onError,
		@Nullable Boolean required, @Nullable Boolean autoStartup) implements EndpointProperties {
}
