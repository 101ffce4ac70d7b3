package io.gestalt.amqp.publish;

import io.gestalt.message.Counter;
import io.gestalt.transport.queue.OnFull;

/**
 * How much a channel takes.
 *
 * @param confirms whether the broker confirms what it has taken
 * @param window how many messages may be unconfirmed at the same time
 * @param onFull what happens to one more
 */
public record SendLimits(boolean confirms, int window, OnFull onFull) {

	/** Confirmed, and a sender waits for room. */
	static SendLimits confirmed(int window) {
		return new SendLimits(true, window, OnFull.BLOCK);
	}

	/** Under which heading a message is counted that finds no room. */
	Counter whenFull() {
		return (this.onFull == OnFull.DROP_NEWEST) ? Counter.DROPPED_NEWEST : Counter.REFUSED;
	}

}
