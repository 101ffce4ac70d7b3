package io.gestalt.boot.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long a client waits before it connects again.
 *
 * @param initialInterval the longest wait after the first failure (default 100ms)
 * @param multiplier by what the wait grows with each further failure (default 2)
 * @param maxInterval what the wait grows to (default 10s)
 * @param jitter whether the wait is random between zero and the interval (default true)
 */
public record ReconnectProperties(@Nullable Duration initialInterval, @Nullable Double multiplier,
		@Nullable Duration maxInterval, @Nullable Boolean jitter) {

	static final ReconnectProperties UNSET = new ReconnectProperties(null, null, null, null);

	static final ReconnectProperties BUILT_IN = new ReconnectProperties(Duration.ofMillis(100), 2.0,
			Duration.ofSeconds(10), true);

}
