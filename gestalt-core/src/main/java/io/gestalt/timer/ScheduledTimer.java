package io.gestalt.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.gestalt.timer.RunQueue.Admission;
import io.gestalt.timer.TimerEvent.Outcome;
import io.gestalt.timer.TimerEvent.RunEnded;
import io.gestalt.timer.TimerSettings.OnError;
import io.gestalt.timer.TimerSettings.Overlap;
import io.gestalt.timer.schedule.Moment;
import io.gestalt.timer.schedule.TickSequence;
import org.jspecify.annotations.Nullable;

/** A timer between its ticks and its runs. */
final class ScheduledTimer implements Timer {

	private final String name;

	private final Timers.Shared shared;

	private final TickSequence ticks;

	private final TimerLock lock = new TimerLock();

	private final RunQueue runs = new RunQueue();

	private final Tally tally = new Tally();

	private volatile @Nullable TimerSettings settings;

	private volatile @Nullable TimerHandler handler;

	private volatile TimerState state = TimerState.STOPPED;

	private volatile @Nullable Throwable lastError;

	private long left;

	ScheduledTimer(String name, Timers.Shared shared) {
		this.name = name;
		this.shared = shared;
		this.ticks = new TickSequence(shared.ticks(), this::tick);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public @Nullable TimerSettings settings() {
		return this.settings;
	}

	@Override
	public void configure(TimerSettings other) {
		this.lock.change((calls) -> {
			requireInactive();
			this.settings = other;
		});
	}

	@Override
	public void handle(TimerHandler other) {
		this.lock.change((calls) -> {
			requireInactive();
			this.handler = other;
		});
	}

	private void requireInactive() {
		if (this.state.active()) {
			throw new TimerException(this.name, "Timer '%s' is active and cannot be changed".formatted(this.name));
		}
	}

	@Override
	public boolean handled() {
		return this.handler != null;
	}

	@Override
	public void start() {
		TimerSettings present = this.settings;
		if (present == null || this.handler == null) {
			throw new TimerException(this.name, "Timer '%s' cannot start, for nobody has said %s".formatted(this.name,
					(present == null) ? "when it ticks" : "what it does"));
		}
		if (this.shared.registry().admits(this)) {
			this.lock.change((calls) -> start(present, calls));
		}
	}

	private void start(TimerSettings present, List<Runnable> calls) {
		if (!this.state.active()) {
			this.state = TimerState.SCHEDULED;
			this.left = present.repeat();
			calls.add(() -> emit(new TimerEvent.Started(this)));
			sequence(() -> this.ticks.start(present.schedule(), present.jitter()), calls);
			completeIfDone(calls);
		}
	}

	/** A cadence may throw anything, and a scheduler may have been shut down. */
	private void sequence(Runnable step, List<Runnable> calls) {
		try {
			step.run();
		}
		catch (RejectedExecutionException ex) {
			this.lastError = ex;
		}
		catch (RuntimeException ex) {
			end(TimerState.CANCELLED, ex, calls);
		}
	}

	@Override
	public void pause() {
		this.lock.change((calls) -> {
			if (this.state == TimerState.SCHEDULED) {
				this.state = TimerState.PAUSED;
				this.ticks.pause();
			}
		});
	}

	@Override
	public void resume() {
		this.lock.change((calls) -> {
			if (this.state == TimerState.PAUSED) {
				this.state = TimerState.SCHEDULED;
				sequence(this.ticks::resume, calls);
				completeIfDone(calls);
			}
		});
	}

	@Override
	public void cancel() {
		this.lock.change((calls) -> end(TimerState.CANCELLED, null, calls));
	}

	private void end(TimerState other, @Nullable Throwable cause, List<Runnable> calls) {
		boolean active = this.state.active();
		this.ticks.stop();
		this.state = other;
		if (cause != null) {
			this.lastError = cause;
		}
		skip(this.runs.clear(), calls);
		calls.add(() -> this.shared.registry().ended(this));
		if (active) {
			calls.add(() -> emit(new TimerEvent.Ended(this, cause)));
		}
	}

	private void tick(Object call) {
		this.lock.change((calls) -> {
			TimerSettings present = this.settings;
			Moment due = this.ticks.take(call);
			if (due == null || present == null) {
				return;
			}
			if (admit(new TimerRun(this, due), calls) != Admission.SKIPPED) {
				this.left -= (present.repeat() == TimerSettings.FOREVER) ? 0 : 1;
			}
			if (this.left > 0) {
				sequence(() -> skip(this.ticks.advance(present.overlap() == Overlap.QUEUE), calls), calls);
				completeIfDone(calls);
			}
			else {
				this.ticks.stop();
			}
		});
	}

	@Override
	public boolean fire() {
		AtomicBoolean admitted = new AtomicBoolean();
		this.lock.change((calls) -> {
			if (handled() && this.state != TimerState.CANCELLED && this.shared.registry().open()) {
				TimerRun run = new TimerRun(this, this.ticks.now());
				admitted.set(admit(run, calls) != Admission.SKIPPED);
			}
		});
		return admitted.get();
	}

	private Admission admit(TimerRun run, List<Runnable> calls) {
		TimerSettings present = this.settings;
		Admission admission = this.runs.admit(run, (present != null) ? present.overlap() : Overlap.SKIP);
		if (admission == Admission.BEGINS) {
			calls.add(() -> begin(run));
		}
		else if (admission == Admission.SKIPPED) {
			skip(1, calls);
		}
		return admission;
	}

	private void begin(TimerRun first) {
		TimerRun run = first;
		while (run != null) {
			try {
				this.shared.executor().execute(run);
				return;
			}
			catch (RejectedExecutionException ex) {
				run = run.refuse(ex);
			}
		}
	}

	Moment begun(Moment due) {
		Moment now = this.ticks.now();
		Duration lag = this.ticks.lag(due);
		this.tally.begun(lag);
		emit(new TimerEvent.RunBegun(this, lag));
		return now;
	}

	Duration since(Moment begin) {
		return this.ticks.now().since(begin);
	}

	void work() throws Exception {
		TimerHandler present = this.handler;
		if (present != null) {
			present.run(this);
		}
	}

	/** Has a run interrupted when its time is over. */
	@Nullable Future<?> watch(TimerRun run) {
		TimerSettings present = this.settings;
		if (present == null || present.maxRunTime().isZero()) {
			return null;
		}
		Duration limit = present.maxRunTime();
		try {
			return this.shared.ticks().schedule(() -> {
				if (run.timeOut()) {
					this.tally.timedOut();
					this.lastError = new TimerException(this.name,
							"Run of timer '%s' takes longer than %d ms".formatted(this.name, limit.toMillis()));
				}
			}, limit);
		}
		catch (RejectedExecutionException ex) {
			return null;
		}
	}

	/** Takes note of the end of a run, and gives the one that is next on its thread. */
	@Nullable TimerRun ended(TimerRun run, RunEnded event) {
		AtomicReference<@Nullable TimerRun> next = new AtomicReference<>();
		boolean broken = event.outcome() == Outcome.FAILED || event.outcome() == Outcome.TIMED_OUT;
		if (event.outcome() == Outcome.FAILED) {
			this.tally.failed();
		}
		this.lock.change((calls) -> {
			calls.add(() -> emit(event));
			if (event.outcome() != Outcome.TIMED_OUT) {
				this.lastError = event.error();
			}
			TimerSettings present = this.settings;
			if (broken && this.state.active() && present != null && present.onError() == OnError.CANCEL) {
				end(TimerState.CANCELLED, this.lastError, calls);
			}
			next.set(this.runs.ended(run));
			if (this.state.active() && this.left > 0) {
				sequence(() -> this.ticks.follow(this.state == TimerState.PAUSED), calls);
			}
			completeIfDone(calls);
		});
		return next.get();
	}

	private void completeIfDone(List<Runnable> calls) {
		if (this.state.active() && (this.left == 0 || this.ticks.exhausted()) && this.runs.idle()) {
			end(TimerState.COMPLETED, null, calls);
		}
	}

	private void skip(long count, List<Runnable> calls) {
		if (count > 0) {
			this.tally.skipped(count);
			calls.add(() -> emit(new TimerEvent.Skipped(this, count)));
		}
	}

	private void emit(TimerEvent event) {
		this.shared.observer().onEvent(event);
	}

	/** Ends its ticks, but not what runs. */
	Stopping halt() {
		AtomicReference<@Nullable Stopping> stopping = new AtomicReference<>();
		this.lock.change((calls) -> {
			boolean active = this.state.active();
			int dropped = this.runs.clear();
			skip(dropped, calls);
			if (active) {
				end(TimerState.STOPPED, null, calls);
			}
			stopping.set(new Stopping(this, active, this.runs.others(), dropped));
		});
		return Objects.requireNonNull(stopping.get());
	}

	/** Waits until none of some runs is under way. */
	boolean awaitEnd(List<TimerRun> some, long deadline) {
		return this.lock.await(() -> this.runs.running().stream().noneMatch(some::contains), deadline);
	}

	void abandoned() {
		this.tally.abandoned();
	}

	void stopped(TimerEvent.Stopped event) {
		emit(event);
	}

	@Override
	public TimerState state() {
		return this.state;
	}

	@Override
	public int running() {
		return this.lock.read(() -> this.runs.running().size());
	}

	@Override
	public long runs() {
		return this.tally.runs();
	}

	@Override
	public OptionalLong remaining() {
		TimerSettings present = this.settings;
		return (present == null || present.repeat() == TimerSettings.FOREVER) ? OptionalLong.empty()
				: OptionalLong.of(this.lock.read(() -> this.state.active() ? this.left : 0));
	}

	@Override
	public @Nullable Instant next() {
		Optional<Moment> next = this.lock.read(
				() -> (this.state == TimerState.SCHEDULED) ? Optional.ofNullable(this.ticks.next()) : Optional.empty());
		return next.map(Moment::instant).orElse(null);
	}

	@Override
	public @Nullable Throwable lastError() {
		return this.lastError;
	}

	@Override
	public TimerCounts counts() {
		return this.tally.counts();
	}

	@Override
	public String toString() {
		return "Timer '%s' (%s)".formatted(this.name, this.state);
	}

}
