package io.gestalt.benchmarks.amqp.contender;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import org.jspecify.annotations.Nullable;

/** Lets {@link AmqpWorkload#WINDOW} messages be unconfirmed. */
public final class Window {

	private static final int LIMIT_SECONDS = 60;

	private final Semaphore room = new Semaphore(AmqpWorkload.WINDOW);

	private volatile @Nullable Exception failure;

	/** Waits for room for one message. */
	public void enter() throws Exception {
		take(1);
	}

	/** Waits until all are confirmed. */
	public void await() throws Exception {
		take(AmqpWorkload.WINDOW);
		this.room.release(AmqpWorkload.WINDOW);
	}

	private void take(int permits) throws Exception {
		if (!this.room.tryAcquire(permits) && !this.room.tryAcquire(permits, LIMIT_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("RabbitMQ confirms nothing any more");
		}
		Exception refused = this.failure;
		if (refused != null) {
			throw refused;
		}
	}

	/** So many messages were confirmed, or refused. */
	public void leave(int messages) {
		this.room.release(messages);
	}

	/** A message was refused, which whoever waits next is told. */
	public void fail(Exception cause) {
		this.failure = cause;
	}

}
