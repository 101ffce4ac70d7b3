package io.gestalt.endpoint;

import java.time.Duration;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;

/**
 * What became of the messages that were under way when an endpoint stopped.
 *
 * @param handled how many were handled since the stop began
 * @param abandoned how many had arrived but were not handled within the grace period
 * @param returned how many went back to where they came from, to be delivered again
 * @param dropped how many were to be sent but could not be written any more
 * @param elapsed how long the stop took
 */
public record StopReport(long handled, long abandoned, long returned, long dropped, Duration elapsed) {

	/** The report of an endpoint that was not open. */
	public static final StopReport NOTHING = new StopReport(0, 0, 0, Duration.ZERO);

	/** The report of an endpoint whose messages cannot go back. */
	public StopReport(long handled, long abandoned, long dropped, Duration elapsed) {
		this(handled, abandoned, 0, dropped, elapsed);
	}

	/** Reports what is counted while an endpoint stops. */
	public static StopReport of(Counters counters, Runnable stop) {
		long start = System.nanoTime();
		long handled = counters.get(Counter.HANDLED);
		long abandoned = counters.get(Counter.ABANDONED);
		long dropped = counters.get(Counter.DROPPED_LOST);
		stop.run();
		return new StopReport(counters.get(Counter.HANDLED) - handled, counters.get(Counter.ABANDONED) - abandoned,
				counters.get(Counter.DROPPED_LOST) - dropped, Duration.ofNanos(System.nanoTime() - start));
	}

}
