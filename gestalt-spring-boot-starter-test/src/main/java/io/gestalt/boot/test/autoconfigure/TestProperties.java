package io.gestalt.boot.test.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tests of endpoints run.
 *
 * @param transport over what messages pass
 * @param timeout how long a test waits for what it expects
 * @param clock whose time timers follow
 */
@ConfigurationProperties("gestalt.test")
record TestProperties(@DefaultValue("memory") Transport transport, @DefaultValue("5s") Duration timeout,
		@DefaultValue("manual") Clock clock) {

	static final String TRANSPORT = "gestalt.test.transport";

	/** Over what messages pass. */
	enum Transport {

		/** Connections and a broker within the JVM. */
		MEMORY,
		/** Sockets on free ports of loopback, and a RabbitMQ. */
		LIVE

	}

	/** Whose time timers follow. */
	enum Clock {

		/** The test moves it on, by a bean of type ManualClock. */
		MANUAL,
		/** That of the system. */
		SYSTEM

	}

}
