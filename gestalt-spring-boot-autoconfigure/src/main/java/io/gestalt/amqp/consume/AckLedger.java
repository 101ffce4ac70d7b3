package io.gestalt.amqp.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.gestalt.amqp.consume.AmqpDelivery.Fate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one channel that were handed out. Acknowledges many with one frame:
 * when enough are settled, when nothing else is to be done, or after a moment. Messages
 * may be settled in any order.
 */
final class AckLedger {

	private static final Logger logger = LoggerFactory.getLogger(AckLedger.class);

	private static final long MOMENT_MILLIS = 5;

	private static final int MOST = 100;

	private final Channel channel;

	private final ScheduledExecutorService scheduler;

	private final int enough;

	/** In the order in which they were delivered, which is that of their tags. */
	private final Deque<AmqpDelivery> open = new ArrayDeque<>();

	private @Nullable AmqpDelivery last;

	private long unacknowledged;

	private int count;

	private int unsettled;

	private int givenBack;

	private boolean idle;

	private boolean due;

	private boolean closed;

	AckLedger(Channel channel, ScheduledExecutorService scheduler, int prefetch) {
		this.channel = channel;
		this.scheduler = scheduler;
		this.enough = Math.max(1, Math.min(MOST, prefetch / 3));
	}

	Channel channel() {
		return this.channel;
	}

	synchronized void handOut(AmqpDelivery delivery) {
		this.open.add(delivery);
		this.unsettled++;
	}

	synchronized boolean ack(AmqpDelivery delivery) {
		if (this.closed || !delivery.decide(Fate.ACCEPTED)) {
			return false;
		}
		this.count++;
		settled();
		if (this.count >= this.enough || (this.idle && this.unsettled == 0)) {
			flush();
		}
		else {
			flushLater();
		}
		return true;
	}

	synchronized boolean reject(AmqpDelivery delivery, boolean requeue) {
		if (this.closed || !delivery.decide(Fate.REJECTED)) {
			return false;
		}
		try {
			this.channel.basicReject(delivery.tag(), requeue);
		}
		catch (IOException | AlreadyClosedException ex) {
			logger.debug("Delivery {} cannot be rejected, it will come again", delivery.tag(), ex);
		}
		settled();
		return true;
	}

	/** Rejects it later; meanwhile nobody waits for it. */
	synchronized boolean postpone(AmqpDelivery delivery, Duration pause) {
		if (this.closed || !delivery.decide(Fate.POSTPONED)) {
			return false;
		}
		this.unsettled--;
		notifyAll();
		try {
			this.scheduler.schedule(() -> requeue(delivery), pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Delivery {} goes back when its channel closes", delivery.tag(), ex);
		}
		return true;
	}

	private synchronized void requeue(AmqpDelivery delivery) {
		if (this.closed) {
			return;
		}
		this.open.remove(delivery);
		try {
			this.channel.basicReject(delivery.tag(), true);
		}
		catch (IOException | AlreadyClosedException ex) {
			logger.debug("Delivery {} cannot be rejected, it will come again", delivery.tag(), ex);
		}
	}

	synchronized void giveBack(AmqpDelivery delivery) {
		if (delivery.decide(Fate.GIVEN_BACK)) {
			this.unsettled--;
			this.givenBack++;
			notifyAll();
		}
	}

	/** One frame acknowledges the last accepted message and all before it. */
	private void settled() {
		this.unsettled--;
		AmqpDelivery first = this.open.peek();
		while (first != null && first.fate().isFinal()) {
			if (first.fate() == Fate.ACCEPTED) {
				this.unacknowledged = first.tag();
			}
			this.last = first;
			this.open.remove();
			first = this.open.peek();
		}
		notifyAll();
	}

	/** Says whether the consumer has nothing to do, so that nothing is to wait for. */
	synchronized void idle(boolean nothingToDo) {
		this.idle = nothingToDo;
		if (nothingToDo) {
			flush();
		}
	}

	private void flushLater() {
		if (this.due) {
			return;
		}
		this.due = true;
		try {
			this.scheduler.schedule(this::flushDue, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			flush();
		}
	}

	private synchronized void flushDue() {
		this.due = false;
		flush();
	}

	private void flush() {
		if (this.count == 0 || this.closed) {
			return;
		}
		try {
			if (this.unacknowledged > 0) {
				this.channel.basicAck(this.unacknowledged, true);
			}
			if (!this.open.isEmpty()) {
				flushAhead();
			}
		}
		catch (IOException | AlreadyClosedException ex) {
			logger.debug("What is handled cannot be acknowledged and will come again", ex);
		}
		this.unacknowledged = 0;
		this.count = 0;
	}

	/**
	 * What overtook others is acknowledged by itself, so that it does not wait for them.
	 */
	private void flushAhead() throws IOException {
		for (Iterator<AmqpDelivery> rest = this.open.iterator(); rest.hasNext();) {
			AmqpDelivery delivery = rest.next();
			if (delivery.fate() == Fate.ACCEPTED) {
				this.channel.basicAck(delivery.tag(), false);
				rest.remove();
			}
		}
	}

	/** Waits until everything is settled that was handed out. */
	synchronized boolean awaitSettled(long deadline) throws InterruptedException {
		while (this.unsettled > 0 && !this.closed) {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (millis <= 0) {
				return false;
			}
			wait(millis);
		}
		return true;
	}

	/**
	 * Acknowledges what is settled, and nothing from then on.
	 * @return how many messages were handed out and go back to the queue
	 */
	synchronized int close() {
		flush();
		this.closed = true;
		notifyAll();
		return this.unsettled + this.givenBack;
	}

	/** The last message before which all are settled, {@code null} if there is none. */
	synchronized @Nullable AmqpDelivery last() {
		return this.last;
	}

}
