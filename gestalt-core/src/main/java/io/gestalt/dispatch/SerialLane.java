package io.gestalt.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.dispatch.backlog.Backlog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Handles the messages of one origin one after the other on an executor. The reading
 * thread collects what one read brought and hands it over as a whole, so that the hop
 * between threads is paid once for all of it.
 */
final class SerialLane implements Lane, LaneTask {

	private static final int REPORTED = 64;

	/** From how many messages on their replies wait for each other. */
	private static final int SEVERAL = 4;

	private enum State {

		IDLE, SCHEDULED, WAITING, CONGESTED, ABANDONED

	}

	private final Dispatcher dispatcher;

	private final Origin origin;

	private final Backlog backlog;

	private final BriefWait briefWait = new BriefWait();

	private final AtomicInteger unreported = new AtomicInteger();

	private InboundBatch arriving = new InboundBatch();

	private InboundBatch waiting = new InboundBatch();

	private InboundBatch current = new InboundBatch();

	private State state = State.IDLE;

	private volatile boolean work;

	private volatile boolean abandoned;

	private int excused;

	/** Whether several messages wait together, of the reading thread. */
	private boolean several;

	SerialLane(Dispatcher dispatcher, Origin origin, Backlog backlog) {
		this.dispatcher = dispatcher;
		this.origin = origin;
		this.backlog = backlog;
	}

	@Override
	public boolean ready() {
		return this.backlog.hasRoom();
	}

	@Override
	public void receive(int type, ByteBuf payload) {
		byte[] bytes = ByteBufUtil.getBytes(payload);
		this.arriving.add(type, bytes);
		this.backlog.arrived(bytes.length);
	}

	@Override
	public boolean receiveComplete() {
		int count = this.arriving.count();
		if (count > 0 && handOver(count)) {
			submit();
		}
		return count > 0 && this.several;
	}

	/** Tells whether that takes a thread. */
	private synchronized boolean handOver(int count) {
		if (this.state == State.ABANDONED) {
			this.arriving = new InboundBatch();
			this.backlog.discard();
			this.dispatcher.outcomes().abandoned(count);
			return false;
		}
		this.backlog.add();
		this.work = true;
		if (this.waiting.count() == 0) {
			InboundBatch empty = this.waiting;
			this.waiting = this.arriving;
			this.arriving = empty;
		}
		else {
			this.waiting.addAll(this.arriving);
		}
		this.several = this.waiting.count() >= SEVERAL;
		boolean idle = this.state == State.IDLE;
		if (idle) {
			this.state = State.SCHEDULED;
		}
		return idle;
	}

	private void submit() {
		this.dispatcher.enter();
		this.dispatcher.execute(this);
	}

	/** Drops what waits; the lane may well serve what comes later. */
	@Override
	public void rejected(RejectedExecutionException cause) {
		this.dispatcher.leave();
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
		this.dispatcher.outcomes().abandoned(count);
		this.origin.failed(cause);
		done(count, bytes);
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
				boolean more = this.dispatcher.mayLinger() && this.briefWait.forMore(this);
				if (!more && moreWaits()) {
					if (this.dispatcher.hops()) {
						submit();
						return;
					}
				}
				else if (!more) {
					return;
				}
			}
		}
		finally {
			this.dispatcher.leave();
		}
	}

	private boolean handleBatch() {
		if (this.current.count() < SEVERAL) {
			return handleAll();
		}
		this.origin.hold();
		try {
			return handleAll();
		}
		finally {
			this.origin.release();
		}
	}

	/** Handles what was taken; tells whether it could, or has to wait for something. */
	private boolean handleAll() {
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
				await(future, type, payload);
				return false;
			}
			bytes += payload.length;
			this.unreported.setRelease(++count);
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
	private synchronized boolean moreWaits() {
		if (this.state == State.SCHEDULED && this.waiting.count() == 0) {
			this.state = State.IDLE;
		}
		return this.state == State.SCHEDULED;
	}

	private synchronized boolean takeBatch() {
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
		if (leave(State.CONGESTED)) {
			submit();
		}
	}

	/** Goes on, if it is this that held the lane up. */
	private synchronized boolean leave(State holdUp) {
		boolean held = this.state == holdUp;
		if (held) {
			this.state = State.SCHEDULED;
		}
		return held;
	}

	private void await(CompletableFuture<?> future, int type, byte[] payload) {
		synchronized (this) {
			this.state = (this.state == State.ABANDONED) ? State.ABANDONED : State.WAITING;
		}
		this.dispatcher.outcomes().whenDone(this.origin, type, payload, future, () -> {
			done(1, payload.length);
			if (leave(State.WAITING)) {
				submit();
			}
		});
	}

	private void done(int count, long size) {
		if (count == 0) {
			return;
		}
		boolean resume;
		synchronized (this) {
			resume = this.backlog.remove(count, size);
			this.unreported.setPlain(0);
			if (this.state == State.ABANDONED) {
				this.dispatcher.outcomes().abandoned(this.excused - count);
				this.excused = 0;
			}
		}
		if (resume) {
			this.origin.resume();
		}
	}

	@Override
	public synchronized boolean idle() {
		return this.state == State.ABANDONED || (this.backlog.count() == 0 && this.arriving.count() == 0);
	}

	@Override
	public synchronized void abandon() {
		if (this.state != State.ABANDONED) {
			this.state = State.ABANDONED;
			this.abandoned = true;
			this.excused = this.unreported.getAcquire();
			this.dispatcher.outcomes().abandoned(this.backlog.count() - this.excused);
		}
	}

}
