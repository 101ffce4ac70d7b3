package io.gestalt.boot.properties;

import java.time.Duration;

import io.gestalt.endpoint.OnError;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for all endpoints that say nothing else.
 *
 * @param framing where a message begins and ends
 * @param codec how values become bytes
 * @param limits what a peer may ask of an endpoint
 * @param queue how much may wait, for each peer and direction
 * @param ssl how connections are secured
 * @param reconnect how long a client waits before it connects again
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
public record DefaultsProperties(@DefaultValue @NestedConfigurationProperty FramingProperties framing,
		@DefaultValue @NestedConfigurationProperty CodecProperties codec,
		@DefaultValue @NestedConfigurationProperty LimitsProperties limits,
		@DefaultValue @NestedConfigurationProperty QueueProperties queue,
		@DefaultValue @NestedConfigurationProperty SslProperties ssl,
		@DefaultValue @NestedConfigurationProperty ReconnectProperties reconnect, @Nullable Duration connectTimeout,
		@Nullable Duration idleTimeout, @Nullable Duration sendTimeout, @Nullable Duration requestTimeout,
		@Nullable OnError onError, @Nullable Boolean required,
		@Nullable Boolean autoStartup) implements EndpointProperties {

	/** What holds if nobody says anything. */
	public static final DefaultsProperties BUILT_IN = builtIn(FramingProperties.BUILT_IN);

	/** What holds for UDP if nobody says anything: a datagram is a message. */
	public static final DefaultsProperties BUILT_IN_FOR_UDP = builtIn(
			FramingProperties.BUILT_IN.type(FramingProperties.Type.STREAM));

	private static DefaultsProperties builtIn(FramingProperties framing) {
		return new DefaultsProperties(framing, CodecProperties.BUILT_IN, LimitsProperties.BUILT_IN,
				QueueProperties.BUILT_IN, SslProperties.BUILT_IN, ReconnectProperties.BUILT_IN, Duration.ofSeconds(5),
				Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(5), null, true, true);
	}

}
