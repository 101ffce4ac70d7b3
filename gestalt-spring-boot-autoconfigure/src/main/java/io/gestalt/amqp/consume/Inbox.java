package io.gestalt.amqp.consume;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.gestalt.amqp.consume.AmqpReceiver.Rest;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import org.jspecify.annotations.Nullable;

/**
 * Where messages wait for the thread of their consumer, never more than the prefetch
 * count. The thread that delivers may have the turn instead, as long as nothing waits.
 */
final class Inbox implements Intake {

	/** Who waits for less than this has not run out of work. */
	private static final Duration MOMENT = Duration.ofMillis(1);

	private final AckLedger ledger;

	private final Counters counters;

	private final Deque<AmqpDelivery> delivered = new ArrayDeque<>();

	private Ending ending = Ending.NONE;

	private boolean over;

	/** Not a monitor, in which a virtual thread would keep its carrier while it waits. */
	private final CountDownLatch ended = new CountDownLatch(1);

	private boolean closed;

	/** Whether somebody handles a message that was not waited for. */
	private boolean taken;

	private @Nullable Rest rest;

	Inbox(AckLedger ledger, Counters counters) {
		this.ledger = ledger;
		this.counters = counters;
	}

	synchronized void add(AmqpDelivery delivery) {
		this.delivered.add(delivery);
		notifyAll();
	}

	/**
	 * Takes the turn for a message, or lets it wait if it is not the next one.
	 * @return whether to handle it, and to {@link #leave} then
	 */
	synchronized boolean enter(AmqpDelivery delivery) {
		if (this.taken || this.ending != Ending.NONE || this.over || !this.delivered.isEmpty()) {
			add(delivery);
			return false;
		}
		this.taken = true;
		handOut(delivery);
		return true;
	}

	/** Gives the turn back, or passes it on to the thread of the consumer. */
	synchronized void leave(@Nullable Rest unfinished) {
		this.rest = unfinished;
		this.taken = unfinished != null;
		if (unfinished != null || this.ending != Ending.NONE || this.over || !this.delivered.isEmpty()) {
			notifyAll();
		}
	}

	private void handOut(AmqpDelivery delivery) {
		this.counters.increment(Counter.RECEIVED);
		this.counters.add(Counter.RECEIVED_BYTES, delivery.body().length);
		this.ledger.handOut(delivery);
	}

	/**
	 * Waits for work, and takes the turn with it.
	 * @return what to do before {@link #done}, {@code null} for nothing
	 */
	synchronized @Nullable Rest take(AmqpReceiver receiver, Duration timeout) throws InterruptedException {
		waitWhile(() -> isOpen() && this.rest == null && (this.taken || this.delivered.isEmpty()), timeout);
		Rest unfinished = this.rest;
		this.rest = null;
		AmqpDelivery delivery = (unfinished == null && !this.taken) ? poll() : null;
		this.taken |= delivery != null;
		return (delivery != null) ? () -> receiver.receive(delivery, this) : unfinished;
	}

	/** The work that was taken is done. */
	synchronized void done() {
		this.taken = false;
	}

	@Override
	public @Nullable AmqpDelivery next(Duration timeout) throws InterruptedException {
		AmqpDelivery delivery = await(MOMENT.compareTo(timeout) < 0 ? MOMENT : timeout);
		if (delivery == null) {
			this.ledger.idle(true);
			try {
				delivery = await(timeout);
			}
			finally {
				this.ledger.idle(false);
			}
		}
		return delivery;
	}

	private synchronized @Nullable AmqpDelivery await(Duration timeout) throws InterruptedException {
		waitWhile(() -> this.delivered.isEmpty() && !this.over && this.ending != Ending.AT_ONCE, timeout);
		return poll();
	}

	private @Nullable AmqpDelivery poll() {
		AmqpDelivery delivery = (this.ending != Ending.AT_ONCE) ? this.delivered.poll() : null;
		if (delivery != null) {
			handOut(delivery);
		}
		return delivery;
	}

	@Override
	public boolean pause(Duration time) throws InterruptedException {
		return time.isZero() ? this.ended.getCount() > 0 : !this.ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Waits for a change.
	 * @return whether the time is over and nothing has changed
	 */
	private synchronized boolean waitWhile(BooleanSupplier condition, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (condition.getAsBoolean()) {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999);
			if (millis <= 0) {
				return true;
			}
			wait(millis);
		}
		return false;
	}

	/** Whether there is, or will be, something to do. */
	synchronized boolean isOpen() {
		return this.taken || (this.ending != Ending.AT_ONCE && !(this.over && this.delivered.isEmpty()));
	}

	/** How many messages wait. */
	synchronized int size() {
		return this.delivered.size();
	}

	/** Nothing more comes. */
	synchronized void end() {
		this.over = true;
		this.ended.countDown();
		notifyAll();
	}

	/** The channel is gone, and what waits will be delivered again. */
	synchronized void lose() {
		this.delivered.clear();
		if (this.ending == Ending.NONE) {
			this.ending = Ending.AT_ONCE;
		}
		end();
	}

	/** Hands out nothing more, or what is there. */
	synchronized void stop(boolean handleBacklog) {
		if (this.ending == Ending.NONE) {
			this.ending = handleBacklog ? Ending.HANDLE_BACKLOG : Ending.AT_ONCE;
			this.ended.countDown();
		}
		notifyAll();
	}

	synchronized void awaitEnd(Duration timeout) throws InterruptedException {
		waitWhile(() -> !this.over, timeout);
	}

	/**
	 * Hands out nothing more.
	 * @return how many messages waited, -1 if it was closed before
	 */
	synchronized int close() {
		if (this.closed) {
			return -1;
		}
		this.closed = true;
		this.ending = Ending.AT_ONCE;
		int waiting = this.delivered.size();
		this.delivered.clear();
		end();
		return waiting;
	}

	private enum Ending {

		NONE, HANDLE_BACKLOG, AT_ONCE

	}

}
