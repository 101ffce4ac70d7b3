package io.gestalt.amqp.rpc;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.Intake;
import io.gestalt.amqp.consume.Workers;

/** Lets several requests of one consumer be handled at the same time, in no order. */
public final class ConcurrentReceiver implements AmqpReceiver {

	private final AmqpReceiver receiver;

	private final Workers workers;

	public ConcurrentReceiver(AmqpReceiver receiver, Workers workers) {
		this.receiver = receiver;
		this.workers = workers;
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		this.workers.begin(delivery, () -> {
			this.receiver.receive(delivery, intake);
			return true;
		});
	}

}
