package io.gestalt.timer.schedule;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The ticks of one timer: knows which is the next, and has it called when it is due. Not
 * safe for use by many threads.
 */
public final class TickSequence {

	/** Schedulers may round the time, and calls that are early by less are in time. */
	private static final Duration TOLERANCE = Duration.ofMillis(1);

	private final TickScheduler scheduler;

	private final Consumer<Object> target;

	private volatile Schedule schedule = new FixedDelay(Duration.ZERO, Duration.ZERO);

	private Duration jitter = Duration.ZERO;

	private @Nullable Moment due;

	private Duration delay = Duration.ZERO;

	private @Nullable Call armed;

	/**
	 * Creates a sequence that does not tick yet.
	 * @param scheduler tells the time
	 * @param target is called with what is to be {@linkplain #take taken}
	 */
	public TickSequence(TickScheduler scheduler, Consumer<Object> target) {
		this.scheduler = scheduler;
		this.target = target;
	}

	public Moment now() {
		return new Moment(this.scheduler.instant(), this.scheduler.nanoTime());
	}

	/** How much later than due it is now; may be asked by any thread. */
	public Duration lag(Moment tick) {
		Duration left = this.schedule.until(tick, now());
		return left.isNegative() ? left.negated() : Duration.ZERO;
	}

	/** Begins at the beginning of a schedule. */
	public void start(Schedule other, Duration mostJitter) {
		stop();
		this.schedule = other;
		this.jitter = mostJitter;
		move(other.first(now()));
		arm();
	}

	/** Suspends the calls. */
	public void pause() {
		if (this.armed != null) {
			this.armed.cancel();
			this.armed = null;
		}
	}

	/** Has the next call come once more. */
	public void again() {
		pause();
		arm();
	}

	/** Resumes the calls. */
	public void resume() {
		if (this.due != null) {
			move(this.schedule.resume(this.due, now()));
			arm();
		}
	}

	/** Ends the calls. */
	public void stop() {
		pause();
		this.due = null;
	}

	/** Whether a call came before its tick is due: {@link #again} has it come again. */
	public boolean early(Object call) {
		Moment tick = next();
		return call == this.armed && tick != null && this.schedule.until(tick, now()).compareTo(TOLERANCE) > 0;
	}

	/**
	 * Takes the tick for which a call came.
	 * @param call what came with the call
	 * @return when it was due, {@code null} if it is wanted no more
	 */
	public @Nullable Moment take(Object call) {
		if (call != this.armed) {
			return null;
		}
		this.armed = null;
		return next();
	}

	/**
	 * Goes on from a tick that was taken to the next.
	 * @param all whether also ticks whose time has passed are to come
	 * @return how many are left out
	 */
	public long advance(boolean all) {
		Moment tick = this.due;
		if (tick == null || this.schedule.followsRuns()) {
			this.due = null;
			return 0;
		}
		Schedule.Upcoming upcoming = this.schedule.after(tick, now().plus(this.delay.negated()), all);
		move(upcoming.tick());
		arm();
		return upcoming.missed();
	}

	/** Goes on when a run has ended, if that is what the next tick depends on. */
	public void follow(boolean paused) {
		if (this.due == null && this.schedule.followsRuns()) {
			Moment now = now();
			move(this.schedule.after(now, now, false).tick());
			if (!paused) {
				arm();
			}
		}
	}

	private void move(@Nullable Moment tick) {
		this.due = tick;
		long most = Nanos.of(this.jitter);
		this.delay = (most > 0) ? Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1)) : Duration.ZERO;
	}

	private void arm() {
		Moment tick = next();
		if (tick != null) {
			Call call = new Call(this.target);
			this.armed = call;
			call.future = this.scheduler.schedule(call, this.schedule.until(tick, now()));
		}
	}

	/** When the next tick is due, {@code null} if that is not known. */
	public @Nullable Moment next() {
		return (this.due != null) ? this.due.plus(this.delay) : null;
	}

	/** Whether no tick comes any more, whatever happens. */
	public boolean exhausted() {
		return this.due == null && !this.schedule.followsRuns();
	}

	private static final class Call implements Runnable {

		private volatile @Nullable Consumer<Object> target;

		private Future<?> future = CompletableFuture.completedFuture(null);

		Call(Consumer<Object> target) {
			this.target = target;
		}

		/**
		 * A scheduler may keep it until it would have been due, but no more than that.
		 */
		void cancel() {
			this.target = null;
			this.future.cancel(false);
		}

		@Override
		public void run() {
			Consumer<Object> present = this.target;
			if (present != null) {
				present.accept(this);
			}
		}

	}

}
