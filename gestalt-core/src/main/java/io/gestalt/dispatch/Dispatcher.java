package io.gestalt.dispatch;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.dispatch.backlog.Backlog;
import io.gestalt.dispatch.backlog.LaneLimits;
import io.gestalt.dispatch.backlog.SharedBudget;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailureDesk;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Decodes messages, calls handlers and passes on what they return. */
public final class Dispatcher {

	private static final int UNLIMITED = 256;

	private final Listener listener;

	private final PayloadCodec codec;

	private final Outcomes outcomes;

	private final LaneExecutor executor;

	private final AtomicInteger lanes = new AtomicInteger();

	/**
	 * Creates a dispatcher.
	 * @param listener the handlers
	 * @param codec decodes payloads
	 * @param counters counts for the endpoint
	 * @param worker where handlers run that may block
	 */
	public Dispatcher(Listener listener, PayloadCodec codec, Counters counters, Executor worker) {
		this(listener, codec, counters, worker, FailureDesk.NONE);
	}

	/**
	 * Creates a dispatcher.
	 * @param listener the handlers
	 * @param codec decodes payloads
	 * @param counters counts for the endpoint
	 * @param worker where handlers run that may block
	 * @param failures gets what cannot be decoded or handled
	 */
	public Dispatcher(Listener listener, PayloadCodec codec, Counters counters, Executor worker, FailureDesk failures) {
		this.listener = listener;
		this.codec = codec;
		this.outcomes = new Outcomes(counters, failures);
		this.executor = (listener.execution() == Execution.WORKER) ? new LaneExecutor(worker, listener.concurrency())
				: new LaneExecutor(Runnable::run, 0);
	}

	public Listener listener() {
		return this.listener;
	}

	/**
	 * Changes how many handlers may run at the same time.
	 * @param limit how many, 0 for no limit
	 */
	public void concurrency(int limit) {
		this.executor.limit(limit);
	}

	/**
	 * Creates the lane in which the messages of one origin are handled.
	 * @param origin where they come from
	 * @param capacity how many of them may wait
	 * @param maxSize how many bytes may wait
	 * @param shared the budget of all lanes together, {@code null} for none
	 * @return the lane
	 */
	public Lane lane(Origin origin, int capacity, long maxSize, @Nullable SharedBudget shared) {
		LaneLimits limits = new LaneLimits(capacity, maxSize, shared);
		if (this.listener.ordering() == Ordering.NONE) {
			return concurrentLane(origin, limits);
		}
		return (this.listener.execution() == Execution.EVENT_LOOP) ? new EventLoopLane(this, origin)
				: new SerialLane(this, origin, new Backlog(limits));
	}

	private Lane concurrentLane(Origin origin, LaneLimits limits) {
		int wanted = hops() ? this.executor.limit() : this.listener.concurrency();
		int limit = (wanted > 0) ? wanted : UNLIMITED;
		return new ConcurrentLane(this, origin,
				new Backlog(new LaneLimits(Math.min(limit, limits.capacity()), limits.maxSize(), limits.shared())));
	}

	/**
	 * Creates a lane for an origin that cannot be asked to wait, so that messages queue
	 * up even before handlers on the event loop.
	 * @param origin where they come from
	 * @param capacity how many of them may wait
	 * @param shared the budget of all lanes together
	 * @return the lane
	 */
	public Lane queuedLane(Origin origin, int capacity, SharedBudget shared) {
		LaneLimits limits = new LaneLimits(capacity, Long.MAX_VALUE, shared);
		return (this.listener.ordering() == Ordering.NONE) ? concurrentLane(origin, limits)
				: new SerialLane(this, origin, new Backlog(limits));
	}

	Outcomes outcomes() {
		return this.outcomes;
	}

	/** Has a task done by the threads on which handlers run. */
	void execute(LaneTask task) {
		this.executor.execute(task);
	}

	/**
	 * Handles a message.
	 * @param origin where it came from
	 * @param type its message type
	 * @param payload its bytes, either a {@link ByteBuf} that is only borrowed, or a
	 * {@code byte[]} that belongs to it
	 * @return {@code null} if it is done, else a future, to be followed by
	 * {@link Outcomes#whenDone}
	 */
	@Nullable CompletableFuture<?> handle(Origin origin, int type, Object payload) {
		Listener.Binding binding = this.listener.find(type);
		if (binding == null) {
			this.outcomes.unhandled(origin, type, payload);
			return null;
		}
		Object value;
		try {
			value = decode(type, payload, binding.payloadType());
		}
		catch (Throwable ex) {
			this.outcomes.undecodable(origin, type, payload, ex);
			return null;
		}
		return call(origin, type, payload, binding, value);
	}

	/** A buffer keeps its place, for whoever wants to know what could not be handled. */
	@Nullable Object decode(int type, Object payload, Type target) {
		if (payload instanceof byte[] owned) {
			return this.codec.decode(owned, type, target);
		}
		ByteBuf borrowed = (ByteBuf) payload;
		int start = borrowed.readerIndex();
		try {
			return this.codec.decode(borrowed, type, target);
		}
		finally {
			borrowed.readerIndex(start);
		}
	}

	private @Nullable CompletableFuture<?> call(Origin origin, int type, Object payload, Listener.Binding binding,
			@Nullable Object value) {
		try {
			MessageContext context = origin.context(type);
			Object result = invoke(binding, value, context);
			CompletableFuture<?> future = future(result);
			if (future == null) {
				this.outcomes.succeeded(origin, result);
				return null;
			}
			if (!future.isDone()) {
				return future;
			}
			this.outcomes.done(origin, type, payload, future);
		}
		catch (Throwable ex) {
			this.outcomes.failed(origin, type, payload, ex);
		}
		return null;
	}

	@SuppressWarnings("NullAway") // a handler that wants no null says so by its type
	static @Nullable Object invoke(Listener.Binding binding, @Nullable Object value, MessageContext context)
			throws Exception {
		return binding.handler().handle(value, context);
	}

	static @Nullable CompletableFuture<?> future(@Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			return stage.toCompletableFuture();
		}
		return (result instanceof Publisher<?> publisher) ? single(publisher).toFuture() : null;
	}

	/** More than one result is a failure: there is no place for the others. */
	private static Mono<?> single(Publisher<?> publisher) {
		return (publisher instanceof Mono<?> mono) ? mono : Flux.from(publisher).singleOrEmpty();
	}

	/**
	 * Handles a message once more, where handlers run. Nothing is counted or replied.
	 * @param message the message
	 * @param peer who sent it
	 * @return what the handler returned, or why it failed
	 */
	public CompletableFuture<@Nullable Object> replay(FailedMessage message, Peer peer) {
		Replay replay = new Replay(this, message, peer);
		enter();
		execute(replay);
		return replay.outcome();
	}

	/** Whether a task goes to another thread. */
	boolean hops() {
		return this.listener.execution() == Execution.WORKER;
	}

	/** A lane has asked for a thread. */
	void enter() {
		this.lanes.incrementAndGet();
	}

	/** A lane has given its thread back. */
	void leave() {
		this.lanes.decrementAndGet();
	}

	/** How many lanes have a thread, or wait for one. */
	public int active() {
		return this.lanes.get();
	}

	/** Whether a lane may keep its thread for a moment, because no other wants it. */
	boolean mayLinger() {
		return hops() && this.lanes.get() == 1;
	}

}
