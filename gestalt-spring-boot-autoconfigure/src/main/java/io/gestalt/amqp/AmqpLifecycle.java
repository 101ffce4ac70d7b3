package io.gestalt.amqp;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.StopReport;

/** Starts an endpoint that is closed, stops one that runs, and tells of both. */
final class AmqpLifecycle {

	private final AmqpSettings settings;

	private volatile boolean running;

	AmqpLifecycle(AmqpSettings settings) {
		this.settings = settings;
	}

	synchronized void start(Runnable opening) {
		if (!this.running) {
			opening.run();
			this.running = true;
			this.settings.publish(new EndpointEvent.Started(this.settings.name(), List.of()));
		}
	}

	/**
	 * Stops the endpoint.
	 * @param grace how long it may take
	 * @param closing closes the endpoint, and says what became of its last messages
	 */
	synchronized StopReport stop(Duration grace, Function<GracePeriod, StopReport> closing) {
		if (!this.running) {
			return StopReport.NOTHING;
		}
		this.running = false;
		StopReport report = closing.apply(new GracePeriod(System.nanoTime(), grace));
		this.settings.publish(new EndpointEvent.Stopped(this.settings.name(), report));
		return report;
	}

	/**
	 * Changes an endpoint that runs, while nobody stops it.
	 * @throws EndpointException if it does not run
	 */
	synchronized void change(Runnable change) {
		if (!this.running) {
			throw new EndpointException(this.settings.name(),
					"Endpoint '%s' is not running".formatted(this.settings.name()));
		}
		change.run();
	}

	boolean running() {
		return this.running;
	}

}
