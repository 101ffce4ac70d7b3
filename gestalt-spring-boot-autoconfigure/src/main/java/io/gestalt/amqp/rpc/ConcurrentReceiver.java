package io.gestalt.amqp.rpc;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets several messages of one consumer be handled at the same time, in no order. */
public final class ConcurrentReceiver implements AmqpReceiver {

	private static final Logger logger = LoggerFactory.getLogger(ConcurrentReceiver.class);

	private final AmqpReceiver receiver;

	private final Executor worker;

	private final Semaphore permits;

	public ConcurrentReceiver(AmqpReceiver receiver, Executor worker, int concurrency) {
		this.receiver = receiver;
		this.worker = worker;
		this.permits = new Semaphore(concurrency);
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		this.permits.acquire();
		this.worker.execute(() -> {
			try {
				this.receiver.receive(delivery, intake);
			}
			catch (InterruptedException ex) {
				delivery.giveBack();
				Thread.currentThread().interrupt();
			}
			catch (RuntimeException ex) {
				logger.error("Message could not be settled and goes back to its queue", ex);
				delivery.reject(true);
			}
			finally {
				this.permits.release();
			}
		});
	}

}
