package io.gestalt.boot.properties;

import java.time.Duration;

import io.gestalt.endpoint.OnError;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of any endpoint. A value that is {@code null} was not said there, so
 * that {@code gestalt.defaults} is asked next.
 */
public interface EndpointProperties {

	default FramingProperties framing() {
		return FramingProperties.UNSET;
	}

	CodecProperties codec();

	default LimitsProperties limits() {
		return LimitsProperties.UNSET;
	}

	default QueueProperties queue() {
		return QueueProperties.UNSET;
	}

	default SslProperties ssl() {
		return SslProperties.UNSET;
	}

	default ReconnectProperties reconnect() {
		return ReconnectProperties.UNSET;
	}

	default @Nullable Duration connectTimeout() {
		return null;
	}

	default @Nullable Duration idleTimeout() {
		return null;
	}

	default @Nullable Duration sendTimeout() {
		return null;
	}

	default @Nullable Duration requestTimeout() {
		return null;
	}

	default @Nullable OnError onError() {
		return null;
	}

	@Nullable Boolean required();

	@Nullable Boolean autoStartup();

}
