package io.gestalt.timer;

/** Where a timer is in its life. */
public enum TimerState {

	/** It was not started yet, or was stopped with the application. */
	STOPPED,
	/** It ticks. */
	SCHEDULED,
	/** It does not tick until it is resumed. */
	PAUSED,
	/** It has done all its runs, or its cadence has no more times. */
	COMPLETED,
	/** It was cancelled, by a call or by an error. */
	CANCELLED;

	/** Whether it will tick again by itself or once it is resumed. */
	public boolean active() {
		return this == SCHEDULED || this == PAUSED;
	}

}
