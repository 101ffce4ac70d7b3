package io.gestalt.amqp.rpc;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.gestalt.amqp.connection.ReadingThread;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.message.Counter;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import org.jspecify.annotations.Nullable;

/** Lets no more than so many requests be under way at the same time. */
final class RequestWindow {

	private final String endpoint;

	private final int size;

	private final boolean blocks;

	private final Duration patience;

	private final Semaphore room;

	private volatile @Nullable Thread delivering;

	RequestWindow(AmqpSettings settings, RequesterOptions options) {
		this.endpoint = settings.name();
		this.size = options.window();
		this.blocks = options.onFull() == OnFull.BLOCK;
		this.patience = settings.sendTimeout();
		this.room = new Semaphore(options.window());
	}

	/** Says which thread delivers replies, and so must not wait for them to make room. */
	void delivering(@Nullable Thread thread) {
		this.delivering = thread;
	}

	/**
	 * Waits for room.
	 * @throws SendException if there is none
	 */
	void enter() {
		if (this.room.tryAcquire()) {
			return;
		}
		if (!this.blocks || Thread.currentThread() == this.delivering || ReadingThread.isCurrent()) {
			throw refused("");
		}
		try {
			if (!this.room.tryAcquire(this.patience.toNanos(), TimeUnit.NANOSECONDS)) {
				throw refused(" for longer than the send timeout of " + this.patience);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused(" and its caller was interrupted");
		}
	}

	private SendException refused(String why) {
		return new SendException(Counter.REFUSED, "Endpoint '%s' has %d requests under way (the limit is %d)%s"
			.formatted(this.endpoint, this.size - this.room.availablePermits(), this.size, why));
	}

	/** Makes room. */
	void leave() {
		this.room.release();
	}

}
