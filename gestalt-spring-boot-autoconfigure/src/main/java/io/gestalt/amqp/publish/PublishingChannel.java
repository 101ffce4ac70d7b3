package io.gestalt.amqp.publish;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.connection.Dialect;
import io.gestalt.amqp.connection.ReadingThread;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import org.jspecify.annotations.Nullable;

/** An open channel that many threads publish on, and what became of it all. */
final class PublishingChannel {

	private static final long NOT_WRITING = 0;

	private static final long LEAST_WRITE = TimeUnit.SECONDS.toNanos(1);

	private static final long STUCK = TimeUnit.MILLISECONDS.toNanos(100);

	/** A write takes less, unless nobody reads. */
	private static final long TURN = TimeUnit.MILLISECONDS.toNanos(100);

	private final Channel channel;

	private final SendLimits limits;

	private final Counters counters;

	private final Runnable watched;

	private final Unconfirmed unconfirmed;

	private final ReentrantLock writing = new ReentrantLock();

	/** When the write that is under way should be over. */
	private final AtomicLong writeDeadline = new AtomicLong(NOT_WRITING);

	/**
	 * Prepares a channel that nobody else uses.
	 * @param channel the channel
	 * @param limits how much it takes
	 * @param counters where the outcomes are counted
	 * @param refusals gives the channel up if everything is refused
	 * @param watched is run when there is something to {@link #sweep}
	 * @throws IOException if the broker refuses confirms
	 */
	PublishingChannel(Channel channel, SendLimits limits, Counters counters, Refusals refusals, Runnable watched)
			throws IOException {
		this.channel = channel;
		this.limits = limits;
		this.counters = counters;
		this.watched = watched;
		this.unconfirmed = new Unconfirmed(limits.window(), Dialect.of(channel), counters);
		channel.addReturnListener(this.unconfirmed::returned);
		if (limits.confirms()) {
			channel.confirmSelect();
			channel.addConfirmListener(this.unconfirmed);
			channel.addConfirmListener(refusals.of(channel));
		}
	}

	Channel channel() {
		return this.channel;
	}

	boolean usable() {
		return this.unconfirmed.end() == null;
	}

	/** How many messages are unconfirmed. */
	int count() {
		return this.unconfirmed.count();
	}

	/**
	 * Publishes a message.
	 * @return whether it was written, or its publication failed; otherwise the channel is
	 * gone, and the message may go elsewhere
	 * @throws SendException if there is no room within its time
	 */
	boolean publish(AmqpMessage message, Publication publication) {
		if (this.limits.confirms() && !this.unconfirmed.tryRoom()) {
			awaitRoom(publication);
		}
		if (!this.writing.tryLock()) {
			awaitTurn(publication);
		}
		try {
			return usable() && write(message, publication);
		}
		finally {
			this.writing.unlock();
		}
	}

	private void awaitRoom(Publication publication) {
		boolean room;
		try {
			room = this.limits.onFull() == OnFull.BLOCK
					&& this.unconfirmed.awaitRoom(publication.deadline() - System.nanoTime());
		}
		catch (InterruptedException ex) {
			throw Publication.interrupted(ex);
		}
		if (!room) {
			throw new SendException(this.limits.whenFull(),
					"message was refused because %d are unconfirmed already".formatted(this.limits.window()));
		}
	}

	private void awaitTurn(Publication publication) {
		boolean mine = false;
		try {
			long left = publication.deadline() - System.nanoTime();
			mine = this.writing.tryLock(ReadingThread.isCurrent() ? Math.min(left, TURN) : left, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			throw Publication.interrupted(ex);
		}
		finally {
			if (!mine) {
				this.unconfirmed.giveRoom();
			}
		}
		if (!mine) {
			throw new SendException(Counter.REFUSED, "message was refused because RabbitMQ has stopped reading");
		}
	}

	private boolean write(AmqpMessage message, Publication publication) {
		if (!enter(publication)) {
			return false;
		}
		this.writeDeadline.set(writeDeadline(publication));
		this.watched.run();
		try {
			this.channel.basicPublish(message.exchange(), message.routingKey(), message.mandatory(),
					message.properties(), message.body());
		}
		catch (AlreadyClosedException ex) {
			return closed(publication, ex);
		}
		catch (IOException | ShutdownSignalException ex) {
			return lost(publication, ex);
		}
		catch (RuntimeException ex) {
			return refused(publication, ex);
		}
		finally {
			this.writeDeadline.setRelease(NOT_WRITING);
		}
		this.counters.add(Counter.SENT_BYTES, message.body().length);
		if (!this.limits.confirms()) {
			this.counters.increment(Counter.SENT);
			publication.complete(null);
		}
		return true;
	}

	private boolean enter(Publication publication) {
		if (!this.limits.confirms() || this.unconfirmed.add(publication)) {
			return true;
		}
		this.unconfirmed.giveRoom();
		if (usable()) {
			throw new SendException(Counter.REFUSED, "message was refused because older ones are unconfirmed");
		}
		return false;
	}

	/** A message that has waited long for its turn needs some time to be written, too. */
	private static long writeDeadline(Publication publication) {
		long soonest = System.nanoTime() + LEAST_WRITE;
		long deadline = (publication.deadline() - soonest > 0) ? publication.deadline() : soonest;
		return (deadline != NOT_WRITING) ? deadline : 1;
	}

	/** Nothing of it has gone out, so that it may go elsewhere. */
	private boolean closed(Publication publication, AlreadyClosedException cause) {
		end(cause);
		return this.limits.confirms() && !this.unconfirmed.withdraw(publication);
	}

	private boolean lost(Publication publication, Exception cause) {
		if (!this.limits.confirms() || this.unconfirmed.abandon(publication)) {
			this.counters.increment(Counter.DROPPED_LOST);
			publication.fail(Counter.DROPPED_LOST, lossOf(cause), cause);
		}
		return true;
	}

	private boolean refused(Publication publication, RuntimeException cause) {
		if (this.limits.confirms() && !this.unconfirmed.withdraw(publication)) {
			return true;
		}
		throw new SendException(Counter.REFUSED,
				"message was refused because it cannot be sent: %s".formatted(cause.getMessage()), cause);
	}

	private static String lossOf(@Nullable Throwable cause) {
		String reason = (cause != null) ? cause.getMessage() : null;
		return "message may be lost because its channel ended%s".formatted((reason != null) ? ": " + reason : "");
	}

	/** Nothing more goes out. */
	void end(Throwable cause) {
		this.unconfirmed.end(cause);
	}

	/** Fails what is unconfirmed after the end. */
	int drop(@Nullable Throwable cause) {
		return this.unconfirmed.drop((publication) -> publication.fail(Counter.DROPPED_LOST, lossOf(cause), cause));
	}

	/**
	 * Gives up what has waited too long.
	 * @return in how many nanoseconds to look again, {@link Long#MAX_VALUE} if there is
	 * nothing to wait for
	 */
	long sweep(long now) {
		long next = this.unconfirmed.sweep(now);
		long deadline = this.writeDeadline.get();
		return (deadline != NOT_WRITING) ? Math.min(next, Math.max(STUCK, deadline - now)) : next;
	}

	/** Whether a write takes longer than its message may take. */
	boolean stuck(long now) {
		long deadline = this.writeDeadline.get();
		return deadline != NOT_WRITING && now - deadline > 0;
	}

}
