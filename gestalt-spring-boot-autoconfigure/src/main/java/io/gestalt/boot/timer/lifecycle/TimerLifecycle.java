package io.gestalt.boot.timer.lifecycle;

import java.time.Duration;

import io.gestalt.boot.lifecycle.EndpointLifecycle;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.TimerDescription;
import io.gestalt.timer.Timer;
import io.gestalt.timer.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/** Starts timers when all else has started, and stops them first. */
final class TimerLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Timer.class);

	private final Timers timers;

	private final ConfiguredTimers configured;

	private final Duration grace;

	private volatile boolean running;

	TimerLifecycle(Timers timers, ConfiguredTimers configured, Duration grace) {
		this.timers = timers;
		this.configured = configured;
		this.grace = grace;
	}

	@Override
	public void start() {
		this.running = true;
		this.timers.start();
		this.configured.descriptions().stream().filter(TimerDescription::autoStartup).forEach(this::start);
	}

	private void start(TimerDescription description) {
		Timer timer = this.timers.find(description.name());
		if (timer != null && !timer.handled()) {
			logger.warn("Timer '{}' does nothing, for no method is marked with @GestaltTimer(\"{}\")",
					description.name(), description.name());
		}
		else if (timer != null) {
			timer.start();
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.timers.stop(this.grace);
	}

	/** Ticks end at once, so that servers need not wait before they stop too. */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.timers.halt();
		new Thread(() -> awaitEnd(callback), "gestalt-stop-timers").start();
	}

	private void awaitEnd(Runnable callback) {
		try {
			this.timers.awaitEnd(this.grace);
		}
		finally {
			callback.run();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return EndpointLifecycle.SERVER_PHASE;
	}

}
