package io.gestalt.failed;

import java.time.Instant;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * Why a message was given up, by the last attempt.
 *
 * @param reason what kind of failure it was
 * @param cause the exception and those that caused it, in one line, empty if there was
 * none
 * @param attempts how often it was tried to handle the message, replays included
 * @param time when the last attempt failed
 */
public record Failure(Reason reason, String cause, int attempts, Instant time) {

	private static final int MAX_LENGTH = 2000;

	private static final int MAX_CAUSES = 5;

	private static final int DEEPEST = 100;

	/** A failure of this moment. */
	public static Failure of(Reason reason, @Nullable Throwable cause, int attempts) {
		return new Failure(reason, describe(cause), Math.max(1, attempts), Instant.now());
	}

	/**
	 * Finds out whether a failure can be logged, which an exception of a handler may
	 * prevent.
	 * @return the failure, or one that names its type, if it cannot say what it is itself
	 */
	public static Throwable tellable(Throwable failure) {
		try {
			int length = 0;
			Throwable cause = failure;
			for (int i = 0; cause != null && i < DEEPEST; i++) {
				length += cause.toString().length();
				for (Throwable suppressed : cause.getSuppressed()) {
					length += suppressed.toString().length();
				}
				cause = cause.getCause();
			}
			return (length > 0) ? failure : untold(failure);
		}
		catch (RuntimeException | Error ex) {
			return untold(failure);
		}
	}

	private static Throwable untold(Throwable failure) {
		String text = "%s that cannot say what it is".formatted(failure.getClass().getName());
		return (failure instanceof Error) ? new Error(text) : new IllegalStateException(text);
	}

	private static String describe(@Nullable Throwable failure) {
		try {
			return causes((failure != null) ? tellable(failure) : null);
		}
		catch (RuntimeException | Error ex) {
			return (failure != null) ? failure.getClass().getName() : "";
		}
	}

	private static String causes(@Nullable Throwable failure) {
		StringJoiner text = new StringJoiner("; caused by ");
		Throwable cause = failure;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			StackTraceElement[] trace = cause.getStackTrace();
			text.add(cause + ((trace.length > 0) ? " (at %s)".formatted(trace[0]) : ""));
			cause = (cause.getCause() != cause) ? cause.getCause() : null;
		}
		return (text.length() > MAX_LENGTH) ? text.toString().substring(0, MAX_LENGTH) + "..." : text.toString();
	}

	/** What kind of failure it was. */
	public enum Reason {

		/** It could not be decoded. */
		UNDECODABLE,
		/** Its handler failed, as often as it may. */
		FAILED,
		/** No handler wants its type. */
		UNHANDLED,
		/** Its handler rejected it. */
		REJECTED

	}

}
