package io.gestalt.boot.tcp;

import java.time.Duration;

import io.gestalt.boot.properties.CodecProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.FramingProperties;
import io.gestalt.boot.properties.LimitsProperties;
import io.gestalt.boot.properties.QueueProperties;
import io.gestalt.boot.properties.ReconnectProperties;
import io.gestalt.boot.properties.SslProperties;
import io.gestalt.endpoint.OnError;
import io.gestalt.endpoint.connect.TargetPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An endpoint that connects by TCP.
 *
 * @param target where it connects to: host:port, or several separated by commas; must be
 * set
 * @param policy how several targets are used (default failover)
 * @param framing where a message begins and ends
 * @param codec how values become bytes
 * @param limits what a peer may ask of the endpoint
 * @param queue how much may wait, for each peer and direction
 * @param ssl how connections are secured
 * @param reconnect how long the client waits before it connects again
 * @param connectTimeout how long an attempt to connect may take (default 5s)
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
public record TcpClientProperties(@Nullable String target, @DefaultValue("failover") TargetPolicy policy,
		@DefaultValue FramingProperties framing, @DefaultValue CodecProperties codec,
		@DefaultValue LimitsProperties limits, @DefaultValue QueueProperties queue, @DefaultValue SslProperties ssl,
		@DefaultValue ReconnectProperties reconnect, @Nullable Duration connectTimeout, @Nullable Duration idleTimeout,
		@Nullable Duration sendTimeout, @Nullable Duration requestTimeout, @Nullable OnError onError,
		@Nullable Boolean required, @Nullable Boolean autoStartup) implements EndpointProperties {
}
