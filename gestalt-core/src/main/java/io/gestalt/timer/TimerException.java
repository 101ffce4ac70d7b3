package io.gestalt.timer;

import io.gestalt.message.GestaltException;

/** A timer that cannot do what it is asked for. */
public final class TimerException extends GestaltException {

	private final String timer;

	public TimerException(String timer, String message) {
		super(message);
		this.timer = timer;
	}

	/** Name of the timer. */
	public String timer() {
		return this.timer;
	}

}
