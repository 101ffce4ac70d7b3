package io.gestalt.timer;

/** Does the work of a timer; may block, and may throw anything. */
@FunctionalInterface
public interface TimerHandler {

	/**
	 * Runs once.
	 * @param timer the timer that ticked
	 * @throws Exception if the work failed
	 */
	void run(Timer timer) throws Exception;

}
