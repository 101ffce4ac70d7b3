package io.gestalt.boot.timer.lifecycle;

import io.gestalt.boot.support.Words;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerEvent;
import io.gestalt.timer.TimerEvent.Outcome;
import io.gestalt.timer.TimerObserver;
import io.gestalt.timer.TimerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes one line when a timer begins, one when it ends, and one for each failure. */
final class TimerLog implements TimerObserver {

	private static final Logger logger = LoggerFactory.getLogger(Timer.class);

	private final FailureLog failures = new FailureLog(Timer.class);

	private final ConfiguredTimers configured;

	TimerLog(ConfiguredTimers configured) {
		this.configured = configured;
	}

	@Override
	public void onEvent(TimerEvent event) {
		if (event instanceof TimerEvent.Started started) {
			logger.atLevel(level(event))
				.log("Timer '{}' ticks: {}", name(started), TimerWords.of(started.timer().settings()));
		}
		else if (event instanceof TimerEvent.Ended ended) {
			ended(ended);
		}
		else if (event instanceof TimerEvent.Stopped stopped) {
			stopped(stopped);
		}
		else if (event instanceof TimerEvent.RunEnded run) {
			ran(run);
		}
	}

	private void ended(TimerEvent.Ended event) {
		if (event.cause() != null) {
			logger.warn("Timer '{}' is cancelled: {}", name(event), event.cause().toString());
		}
		else if (event.timer().state() != TimerState.STOPPED) {
			logger.atLevel(level(event))
				.log("Timer '{}' is {} after {} runs", name(event), Words.constant(event.timer().state()),
						event.timer().runs());
		}
	}

	private void stopped(TimerEvent.Stopped event) {
		logger.atLevel((event.abandoned() > 0) ? Level.WARN : level(event))
			.log("Timer '{}' stopped within {} ms: {} finished, {} abandoned, {} dropped", name(event),
					event.elapsed().toMillis(), event.finished(), event.abandoned(), event.dropped());
	}

	private void ran(TimerEvent.RunEnded event) {
		if (event.outcome() == Outcome.FAILED && event.error() != null) {
			this.failures.warn("Timer '{}' failed", name(event), event.error());
		}
		else if (event.outcome() == Outcome.TIMED_OUT) {
			this.failures.warn("Timer '{}' ran for {} ms and was interrupted", name(event), event.elapsed().toMillis());
		}
	}

	/** Calls may make so many timers that nobody wants to read of each. */
	private Level level(TimerEvent event) {
		return (this.configured.find(name(event)) != null) ? Level.INFO : Level.DEBUG;
	}

	private static String name(TimerEvent event) {
		return event.timer().name();
	}

}
