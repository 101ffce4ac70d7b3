package io.gestalt.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Handles the messages of one origin one after the other on an executor. The reading
 * thread collects what one read brought and hands it over as a whole, so that the hop
 * between threads is paid once for all of it.
 */
final class SerialLane implements Lane, Runnable {

	private static final int REPORTED = 64;

	private enum State {

		IDLE, SCHEDULED, WAITING, CONGESTED, ABANDONED

	}

	private final Dispatcher dispatcher;

	private final Origin origin;

	private final Executor executor;

	private final LaneLimits limits;

	private InboundBatch arriving = new InboundBatch();

	private InboundBatch waiting = new InboundBatch();

	private InboundBatch current = new InboundBatch();

	private State state = State.IDLE;

	private volatile boolean reading = true;

	private volatile boolean work;

	private final BriefWait briefWait = new BriefWait();

	/** An upper bound of what is outstanding, of the reading thread. */
	private int known;

	private long knownBytes;

	private volatile boolean abandoned;

	private volatile int unreported;

	private int excused;

	private int outstanding;

	private long outstandingBytes;

	SerialLane(Dispatcher dispatcher, Origin origin, Executor executor, LaneLimits limits) {
		this.dispatcher = dispatcher;
		this.origin = origin;
		this.executor = executor;
		this.limits = limits;
	}

	@Override
	public boolean ready() {
		int count = this.known + this.arriving.count();
		return (this.reading && count < this.limits.capacity()
				&& this.knownBytes + this.arriving.bytes() < this.limits.maxSize() && this.limits.hasRoom(count))
				|| stillReady();
	}

	private boolean stillReady() {
		synchronized (this) {
			this.known = this.outstanding;
			this.knownBytes = this.outstandingBytes;
			int count = this.outstanding + this.arriving.count();
			long bytes = this.outstandingBytes + this.arriving.bytes();
			this.reading = count < this.limits.capacity() && bytes < this.limits.maxSize()
					&& this.limits.hasRoom(count);
			return this.reading;
		}
	}

	@Override
	public void receive(int type, ByteBuf payload) {
		byte[] bytes = ByteBufUtil.getBytes(payload);
		this.limits.taken(bytes.length);
		this.arriving.add(type, bytes);
	}

	@Override
	public void receiveComplete() {
		int count = this.arriving.count();
		if (count == 0) {
			return;
		}
		synchronized (this) {
			if (this.state == State.ABANDONED) {
				this.arriving = new InboundBatch();
				this.dispatcher.abandoned(count);
				return;
			}
			this.outstanding += count;
			this.outstandingBytes += this.arriving.bytes();
			this.known = this.outstanding;
			this.knownBytes = this.outstandingBytes;
			this.work = true;
			if (this.waiting.count() == 0) {
				InboundBatch empty = this.waiting;
				this.waiting = this.arriving;
				this.arriving = empty;
			}
			else {
				this.waiting.addAll(this.arriving);
			}
			if (this.state != State.IDLE) {
				return;
			}
			this.state = State.SCHEDULED;
		}
		submit();
	}

	private void submit() {
		this.dispatcher.enter();
		try {
			this.executor.execute(this);
		}
		catch (RejectedExecutionException ex) {
			this.dispatcher.leave();
			reject(ex);
		}
	}

	/** Drops what waits; the lane may well serve what comes later. */
	private void reject(RejectedExecutionException cause) {
		int count;
		long bytes;
		synchronized (this) {
			if (this.state == State.ABANDONED) {
				return;
			}
			count = this.current.count() + this.waiting.count();
			bytes = this.current.bytes() + this.waiting.bytes();
			this.current = new InboundBatch();
			this.waiting = new InboundBatch();
			this.state = State.IDLE;
		}
		this.dispatcher.abandoned(count);
		done(count, bytes);
		this.origin.failed(cause);
	}

	/** Whether messages wait that nobody handles yet. */
	boolean hasWork() {
		return this.work;
	}

	@Override
	public void run() {
		try {
			this.briefWait.started();
			while (takeBatch() && handleBatch()) {
				if (!this.dispatcher.mayLinger() || !this.briefWait.forMore(this)) {
					if (moreWaits()) {
						submit();
					}
					return;
				}
			}
		}
		finally {
			this.dispatcher.leave();
		}
	}

	/** Handles what was taken; tells whether it could, or has to wait for something. */
	private boolean handleBatch() {
		int count = 0;
		long bytes = 0;
		while (!this.abandoned && this.current.count() > 0) {
			if (this.origin.congested()) {
				done(count, bytes);
				park();
				return false;
			}
			int type = this.current.type();
			byte[] payload = this.current.remove();
			CompletableFuture<?> future = this.dispatcher.handle(this.origin, type, payload);
			if (future != null) {
				done(count, bytes);
				await(future, payload.length);
				return false;
			}
			bytes += payload.length;
			this.unreported = ++count;
			if (count == REPORTED) {
				done(count, bytes);
				count = 0;
				bytes = 0;
			}
		}
		done(count, bytes);
		return true;
	}

	/** Tells so, or falls idle. Others have a turn on the executor in between. */
	private boolean moreWaits() {
		synchronized (this) {
			if (this.state == State.SCHEDULED && this.waiting.count() == 0) {
				this.state = State.IDLE;
			}
			return this.state == State.SCHEDULED;
		}
	}

	private boolean takeBatch() {
		synchronized (this) {
			if (this.state == State.ABANDONED) {
				return false;
			}
			if (this.current.count() == 0) {
				InboundBatch empty = this.current;
				this.current = this.waiting;
				this.waiting = empty;
				this.work = false;
			}
			this.state = (this.current.count() == 0) ? State.IDLE : State.SCHEDULED;
			return this.state == State.SCHEDULED;
		}
	}

	private void park() {
		synchronized (this) {
			if (this.state != State.ABANDONED) {
				this.state = State.CONGESTED;
			}
		}
		if (!this.origin.congested()) {
			resume();
		}
	}

	@Override
	public void resume() {
		synchronized (this) {
			if (this.state != State.CONGESTED) {
				return;
			}
			this.state = State.SCHEDULED;
		}
		submit();
	}

	private void await(CompletableFuture<?> future, int size) {
		synchronized (this) {
			this.state = (this.state == State.ABANDONED) ? State.ABANDONED : State.WAITING;
		}
		future.whenComplete((result, failure) -> {
			this.dispatcher.finish(this.origin, future);
			done(1, size);
			synchronized (this) {
				if (this.state != State.WAITING) {
					return;
				}
				this.state = State.SCHEDULED;
			}
			submit();
		});
	}

	private void done(int count, long size) {
		boolean resume;
		this.limits.released(count, size);
		synchronized (this) {
			this.outstanding -= count;
			this.outstandingBytes -= size;
			this.unreported = 0;
			if (this.state == State.ABANDONED) {
				this.dispatcher.abandoned(this.excused - count);
				this.excused = 0;
			}
			resume = !this.reading && this.outstanding <= this.limits.capacity() / 2
					&& this.outstandingBytes <= this.limits.maxSize() / 2;
			this.reading = this.reading || resume;
		}
		if (resume) {
			this.origin.resume();
		}
	}

	@Override
	public boolean idle() {
		synchronized (this) {
			return this.state == State.ABANDONED || (this.outstanding == 0 && this.arriving.count() == 0);
		}
	}

	@Override
	public void abandon() {
		synchronized (this) {
			if (this.state != State.ABANDONED) {
				this.state = State.ABANDONED;
				this.abandoned = true;
				this.excused = this.unreported;
				this.dispatcher.abandoned(this.outstanding - this.excused);
			}
		}
	}

}
