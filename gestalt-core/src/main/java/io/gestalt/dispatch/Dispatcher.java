package io.gestalt.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageContext;
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

	private final Counters counters;

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
		this.listener = listener;
		this.codec = codec;
		this.counters = counters;
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
				: new SerialLane(this, origin, limits);
	}

	private Lane concurrentLane(Origin origin, LaneLimits limits) {
		int wanted = hops() ? this.executor.limit() : this.listener.concurrency();
		int limit = (wanted > 0) ? wanted : UNLIMITED;
		return new ConcurrentLane(this, origin,
				new LaneLimits(Math.min(limit, limits.capacity()), limits.maxSize(), limits.shared()));
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
				: new SerialLane(this, origin, limits);
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
	 * {@link #whenDone}
	 */
	@Nullable CompletableFuture<?> handle(Origin origin, int type, Object payload) {
		Listener.Binding binding = this.listener.find(type);
		if (binding == null) {
			this.counters.increment(Counter.UNHANDLED);
			return null;
		}
		Object value;
		try {
			value = (payload instanceof byte[] owned) ? this.codec.decode(owned, type, binding.payloadType())
					: this.codec.decode((ByteBuf) payload, type, binding.payloadType());
		}
		catch (Throwable ex) {
			this.counters.increment(Counter.UNDECODABLE);
			origin.undecodable(ex);
			return null;
		}
		return call(origin, type, binding, value);
	}

	private @Nullable CompletableFuture<?> call(Origin origin, int type, Listener.Binding binding,
			@Nullable Object value) {
		try {
			MessageContext context = origin.context(type);
			Object result = invoke(binding, value, context);
			CompletableFuture<?> future = future(result);
			if (future == null) {
				succeed(origin, result);
				return null;
			}
			if (!future.isDone()) {
				return future;
			}
			finish(origin, future);
		}
		catch (Throwable ex) {
			fail(origin, ex);
		}
		return null;
	}

	@SuppressWarnings("NullAway") // a handler that wants no null says so by its type
	private static @Nullable Object invoke(Listener.Binding binding, @Nullable Object value, MessageContext context)
			throws Exception {
		return binding.handler().handle(value, context);
	}

	private static @Nullable CompletableFuture<?> future(@Nullable Object result) {
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
	 * Passes on the outcome of a future when it is done, and goes on from there. What
	 * fails then would vanish in the future.
	 */
	void whenDone(Origin origin, CompletableFuture<?> future, Runnable next) {
		future.whenComplete((result, failure) -> {
			try {
				finish(origin, future);
				next.run();
			}
			catch (RuntimeException | Error ex) {
				origin.failed(ex);
			}
		});
	}

	/** Passes on the outcome of a future that is done. */
	private void finish(Origin origin, CompletableFuture<?> future) {
		try {
			succeed(origin, future.join());
		}
		catch (CompletionException ex) {
			fail(origin, (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (Throwable ex) {
			fail(origin, ex);
		}
	}

	private void succeed(Origin origin, @Nullable Object result) {
		if (result != null) {
			origin.reply(result);
		}
		this.counters.increment(Counter.HANDLED);
	}

	/** Counted in this order, failures are never more than what was handled. */
	private void fail(Origin origin, Throwable cause) {
		this.counters.increment(Counter.HANDLER_FAILED);
		this.counters.increment(Counter.HANDLED);
		origin.failed(cause);
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

	/**
	 * Counts messages that nobody handles, or takes back those that were handled late.
	 */
	void abandoned(int count) {
		this.counters.add(Counter.ABANDONED, count);
	}

}
