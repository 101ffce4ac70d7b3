package io.gestalt.amqp.consume;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets so many messages of one consumer be handled at the same time, in no order. */
public final class Workers {

	private static final Logger logger = LoggerFactory.getLogger(Workers.class);

	private final Executor executor;

	private final Semaphore permits;

	/**
	 * Creates workers.
	 * @param executor runs them; what it rejects is done by whoever brings it
	 * @param concurrency how many messages are handled at the same time
	 */
	public Workers(Executor executor, int concurrency) {
		this.executor = executor;
		this.permits = new Semaphore(concurrency);
	}

	/**
	 * Waits until there is room for a message, and begins with it.
	 * @param delivery the message
	 * @param work what is to be done
	 * @throws InterruptedException if there is no time left
	 */
	public void begin(AmqpDelivery delivery, Work work) throws InterruptedException {
		this.permits.acquire();
		resume(delivery, work);
	}

	/** Goes on with a message that was begun. */
	public void resume(AmqpDelivery delivery, Work work) {
		try {
			this.executor.execute(() -> run(delivery, work));
		}
		catch (RejectedExecutionException ex) {
			run(delivery, work);
		}
	}

	private void run(AmqpDelivery delivery, Work work) {
		boolean done = true;
		try {
			done = work.run();
		}
		catch (InterruptedException ex) {
			delivery.giveBack();
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Message could not be settled and goes back to its queue", ex);
			delivery.reject(true);
			if (ex instanceof Error error) {
				throw error;
			}
		}
		finally {
			if (done) {
				this.permits.release();
			}
		}
	}

	/** What is to be done for a message. */
	@FunctionalInterface
	public interface Work {

		/**
		 * Does it.
		 * @return whether it is done; if not, somebody will {@link #resume} it
		 * @throws InterruptedException if there is no time left
		 */
		boolean run() throws InterruptedException;

	}

}
