package io.gestalt.benchmarks.server;

import java.util.List;
import java.util.Locale;

/** How a Spring application looks at its messages. */
enum Watching {

	/** No meters. */
	NONE("management.metrics.enable.gestalt=false", "gestalt.observation.enabled=false",
			"gestalt.observation.mdc=false"),

	/** Meters that read the counters of the endpoint. */
	METERED("gestalt.observation.enabled=false", "gestalt.observation.mdc=false"),

	/** The log's context says which message it is. */
	LOGGED("management.metrics.enable.gestalt=false", "gestalt.observation.enabled=false"),

	/** Each message is timed. */
	TIMED("gestalt.observation.mdc=false"),

	/** All that an application with Micrometer has by default. */
	STANDARD,

	/** The same, with an observation for each message, which makes the timer. */
	OBSERVED("gestalt.observation.enabled=true");

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> properties;

	Watching(String... properties) {
		this.properties = List.of(properties);
	}

	List<String> properties() {
		return this.properties;
	}

	/** What the name of a contender ends with. */
	String suffix() {
		return (this == NONE) ? "" : "-" + name().toLowerCase(Locale.ROOT);
	}

}
