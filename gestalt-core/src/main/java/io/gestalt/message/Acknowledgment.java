package io.gestalt.message;

/**
 * Lets a handler say what becomes of its message where the transport keeps messages until
 * they are acknowledged; elsewhere it does nothing, so that a handler can move between
 * transports. The first word counts, later ones do nothing.
 */
public interface Acknowledgment {

	/** Of a message that nobody keeps. */
	Acknowledgment NONE = new Acknowledgment() {

		@Override
		public void acknowledge() {
		}

		@Override
		public void reject(boolean requeue) {
		}

	};

	/** The message is done with. */
	void acknowledge();

	/**
	 * The message was not handled.
	 * @param requeue whether it is to be delivered again; else it is put aside with the
	 * messages that failed for good
	 */
	void reject(boolean requeue);

}
