package io.gestalt.amqp.consume;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** What else a consumer was delivered. */
public interface Intake {

	/**
	 * Takes the next message.
	 * @param timeout how long to wait for it
	 * @return the message, {@code null} if there is none in time, or none will follow
	 */
	@Nullable AmqpDelivery next(Duration timeout) throws InterruptedException;

	/**
	 * Waits, say for another attempt.
	 * @return whether the wait is over; not if the consumer stops or has lost its
	 * channel, and what is unsettled will be delivered again
	 */
	boolean pause(Duration time) throws InterruptedException;

}
