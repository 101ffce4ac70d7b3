package io.gestalt.boot.timer;

import io.gestalt.message.GestaltException;

/** A method that cannot be run by the timer that it names. */
public final class TimerDeclarationException extends GestaltException {

	private final Problem problem;

	private final String timer;

	TimerDeclarationException(Problem problem, String timer, String message) {
		super(message);
		this.problem = problem;
		this.timer = timer;
	}

	public Problem problem() {
		return this.problem;
	}

	/** Name of the timer. */
	public String timer() {
		return this.timer;
	}

	/** What may be wrong with a declaration. */
	public enum Problem {

		/** Two methods name the same timer. */
		TWO_METHODS,
		/** A method has parameters that a timer cannot give it. */
		PARAMETERS,
		/** A method cannot be called through the proxy around its bean. */
		NOT_INVOCABLE,
		/** Neither the annotation nor the properties say when it ticks. */
		NO_SCHEDULE,
		/** The annotation has both an interval and cron. */
		TWO_SCHEDULES,
		/** An attribute of the annotation cannot be read. */
		ATTRIBUTE,
		/** The libraries are missing with which suspending functions are called. */
		COROUTINES

	}

}
