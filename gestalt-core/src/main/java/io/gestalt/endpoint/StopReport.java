package io.gestalt.endpoint;

import java.time.Duration;

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

	/** The report of an endpoint whose messages cannot go back. */
	public StopReport(long handled, long abandoned, long dropped, Duration elapsed) {
		this(handled, abandoned, 0, dropped, elapsed);
	}

}
