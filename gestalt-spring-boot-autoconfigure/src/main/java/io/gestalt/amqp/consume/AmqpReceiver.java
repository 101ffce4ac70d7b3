package io.gestalt.amqp.consume;

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

}
