package io.gestalt.amqp.consume;

import org.jspecify.annotations.Nullable;

/** Does something with messages and settles them, at once or later. */
@FunctionalInterface
public interface AmqpReceiver {

	/**
	 * Takes a message on the thread of its consumer, which has none other before this
	 * returns.
	 * @param delivery the message; is given back when the consumption stops, unless it is
	 * settled by then
	 * @param intake has those that follow
	 * @throws InterruptedException if there is no time left
	 */
	void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException;

	/**
	 * Takes a message on the thread that delivers, and does as much as can be done
	 * without blocking it.
	 * @param delivery the message
	 * @param intake has those that follow
	 * @return what is left for the thread of the consumer, {@code null} if nothing is
	 */
	default @Nullable Rest tryReceive(AmqpDelivery delivery, Intake intake) {
		return () -> receive(delivery, intake);
	}

	/** What is left to be done for a message; may block. */
	@FunctionalInterface
	interface Rest {

		void finish() throws InterruptedException;

	}

}
