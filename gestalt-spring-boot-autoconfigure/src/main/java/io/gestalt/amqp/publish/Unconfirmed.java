package io.gestalt.amqp.publish;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.connection.Dialect;
import io.gestalt.amqp.connection.ReadingThread;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has published and the broker has not confirmed: a ring by sequence
 * number. Whoever takes a message out of it settles it, so that each is settled once.
 */
final class Unconfirmed implements ConfirmListener {

	/** Confirms may overtake each other, so that a straggler must not stop the ring. */
	private static final int SPARE = 4;

	private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

	private static final int EVERYONE = 1 << 20;

	private final AtomicReferenceArray<@Nullable Publication> ring;

	private final int mask;

	private final int window;

	private final Semaphore room;

	private final Dialect dialect;

	private final Counters counters;

	/** Written by the thread whose turn it is to publish. */
	private volatile long nextSequence = 1;

	/** All up to here are settled; known to the connection's thread alone. */
	private long floor;

	private volatile @Nullable Throwable end;

	Unconfirmed(int window, Dialect dialect, Counters counters) {
		int size = Integer.highestOneBit(Math.max(window, 16) * SPARE - 1) << 1;
		this.ring = new AtomicReferenceArray<>(size);
		this.mask = size - 1;
		this.window = window;
		this.room = new Semaphore(window);
		this.dialect = dialect;
		this.counters = counters;
	}

	/** Takes room for one message if there is some. */
	boolean tryRoom() {
		return this.room.tryAcquire();
	}

	/** Waits for room, unless it is asked for by what makes room. */
	boolean awaitRoom(long nanos) throws InterruptedException {
		return !ReadingThread.isCurrent() && nanos > 0 && this.room.tryAcquire(nanos, TimeUnit.NANOSECONDS);
	}

	void giveRoom() {
		this.room.release();
	}

	/** How many messages are unconfirmed. */
	int count() {
		return Math.max(0, this.window - this.room.availablePermits());
	}

	/** Why the channel is no more, {@code null} while it is. */
	@Nullable Throwable end() {
		return this.end;
	}

	/** Remembers what is published next; one thread at a time. */
	boolean add(Publication publication) {
		long sequence = this.nextSequence;
		int slot = slot(sequence);
		while (this.ring.get(slot) != null) {
			if (this.end != null || ReadingThread.isCurrent() || System.nanoTime() - publication.deadline() > 0) {
				return false;
			}
			LockSupport.parkNanos(PAUSE);
		}
		publication.sequence(sequence);
		this.nextSequence = sequence + 1;
		this.ring.set(slot, publication);
		return true;
	}

	/**
	 * Forgets what was added last and never left, so that the broker does not count it.
	 * @return whether nobody else has settled it meanwhile
	 */
	boolean withdraw(Publication publication) {
		this.nextSequence = publication.sequence();
		return abandon(publication);
	}

	/**
	 * Forgets what may or may not have left.
	 * @return whether nobody else has settled it meanwhile
	 */
	boolean abandon(Publication publication) {
		boolean taken = take(publication);
		if (taken) {
			this.room.release();
		}
		return taken;
	}

	private int slot(long sequence) {
		return (int) sequence & this.mask;
	}

	private boolean take(Publication publication) {
		return this.ring.compareAndSet(slot(publication.sequence()), publication, null);
	}

	private @Nullable Publication take(long sequence) {
		Publication publication = this.ring.get(slot(sequence));
		return (publication != null && publication.sequence() == sequence && take(publication)) ? publication : null;
	}

	@Override
	public void handleAck(long sequence, boolean multiple) {
		tell(confirmed(sequence, multiple), Counter.SENT, (publication) -> publication.complete(null));
	}

	@Override
	public void handleNack(long sequence, boolean multiple) {
		if (this.dialect == Dialect.QPID && isMandatory(sequence)) {
			return;
		}
		tell(confirmed(sequence, multiple), Counter.NACKED, (publication) -> publication.fail(Counter.NACKED,
				"RabbitMQ refused message %d".formatted(publication.sequence()), null));
	}

	/** Such a message is about to be returned, which says why. */
	private boolean isMandatory(long sequence) {
		Publication publication = this.ring.get(slot(sequence));
		return publication != null && publication.sequence() == sequence && publication.mark() != null;
	}

	private @Nullable Publication confirmed(long sequence, boolean multiple) {
		Publication chain = null;
		for (long number = multiple ? this.floor + 1 : sequence; number <= sequence; number++) {
			Publication taken = take(number);
			if (taken != null) {
				taken.next(chain);
				chain = taken;
			}
		}
		lift(sequence, multiple);
		return chain;
	}

	private void lift(long sequence, boolean multiple) {
		if (multiple) {
			this.floor = Math.max(this.floor, sequence);
			return;
		}
		while (this.floor < sequence) {
			Publication oldest = this.ring.get(slot(this.floor + 1));
			if (oldest != null && oldest.sequence() == this.floor + 1) {
				return;
			}
			this.floor++;
		}
	}

	private void tell(@Nullable Publication chain, Counter outcome, Consumer<Publication> verdict) {
		if (chain != null) {
			ReadingThread.tell(() -> settle(chain, outcome, verdict));
		}
	}

	/** Makes room for all before any of them is told, for it may send again. */
	private void settle(Publication chain, Counter outcome, Consumer<Publication> verdict) {
		int count = 0;
		Publication ordered = null;
		for (Publication publication = chain; publication != null; count++) {
			Publication older = publication.next();
			publication.next(ordered);
			ordered = publication;
			publication = older;
		}
		this.counters.add(outcome, count);
		this.room.release(count);
		while (ordered != null) {
			Publication following = ordered.next();
			ordered.next(null);
			verdict.accept(ordered);
			ordered = following;
		}
	}

	/** A mandatory message came back; its confirm, which follows, finds nothing. */
	void returned(Return back) {
		long end = this.nextSequence;
		for (long number = Math.max(this.floor + 1, end - this.ring.length()); number < end; number++) {
			Publication publication = this.ring.get(slot(number));
			Publication.Mark mark = (publication != null) ? publication.mark() : null;
			if (publication != null && mark != null && mark.isOf(back) && take(publication)) {
				tell(publication, Counter.RETURNED, (returned) -> returned.fail(Counter.RETURNED,
						"RabbitMQ returned a message for exchange '%s' and routing key '%s': %d %s".formatted(
								back.getExchange(), back.getRoutingKey(), back.getReplyCode(), back.getReplyText()),
						null));
				return;
			}
		}
	}

	/**
	 * Gives up what has waited too long.
	 * @param now the time
	 * @return in how many nanoseconds the next is due, {@link Long#MAX_VALUE} if there is
	 * none
	 */
	long sweep(long now) {
		long soonest = Long.MAX_VALUE;
		Publication expired = null;
		for (int i = 0; i <= this.mask; i++) {
			Publication publication = this.ring.get(i);
			if (publication == null) {
				continue;
			}
			long left = publication.deadline() - now;
			if (left > 0) {
				soonest = Math.min(soonest, left);
			}
			else if (take(publication)) {
				publication.next(expired);
				expired = publication;
			}
		}
		if (expired != null) {
			Publication chain = expired;
			Aside.run("expired", () -> settle(chain, Counter.UNCONFIRMED, (publication) -> publication
				.fail(Counter.UNCONFIRMED, "message was not confirmed by RabbitMQ within the send timeout", null)));
		}
		return soonest;
	}

	/** Nobody will ever confirm what is in here; whoever waits for room need not. */
	void end(Throwable cause) {
		this.end = cause;
		this.room.release(EVERYONE);
	}

	/**
	 * Settles all that is in here after the end.
	 * @return how many there were
	 */
	int drop(Consumer<Publication> verdict) {
		int count = 0;
		for (int i = 0; i <= this.mask; i++) {
			Publication publication = this.ring.get(i);
			if (publication != null && take(publication)) {
				count++;
				settle(publication, Counter.DROPPED_LOST, verdict);
			}
		}
		return count;
	}

}
