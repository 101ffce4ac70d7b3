package io.gestalt.failed;

import io.gestalt.failed.Failure.Reason;

/** Is told of messages that endpoints give up; must not throw. */
public interface FailureRecorder {

	/** Wants to know of none. */
	FailureRecorder NONE = new FailureRecorder() {

		@Override
		public boolean wants(Reason reason, boolean answered) {
			return false;
		}

		@Override
		public void record(FailedMessage message) {
		}

	};

	/**
	 * Asked before anything is put together.
	 * @param reason why a message is given up
	 * @param answered whether its sender was told in an error reply
	 */
	boolean wants(Reason reason, boolean answered);

	/** Takes a message that was given up. When this returns, it is kept. */
	void record(FailedMessage message);

	/** A message that was wanted could not be taken. */
	default void lost() {
	}

}
