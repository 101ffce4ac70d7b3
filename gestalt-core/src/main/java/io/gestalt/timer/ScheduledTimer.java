package io.gestalt.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.gestalt.timer.RunQueue.Admission;
import io.gestalt.timer.TimerEvent.RunEnded;
import io.gestalt.timer.TimerSettings.OnError;
import io.gestalt.timer.schedule.Deadlines;
import io.gestalt.timer.schedule.Moment;
import io.gestalt.timer.schedule.TickSequence;
import org.jspecify.annotations.Nullable;

/** A timer between its ticks and its runs. */
final class ScheduledTimer implements Timer {

	private static final TimerSettings UNSET = TimerSettings.once(Duration.ZERO);

	private final String name;

	private final Timers.Shared shared;

	private final TickSequence ticks;

	private final TimerRecord record;

	private final Deadlines deadlines;

	private final TimerLock lock = new TimerLock();

	private final RunQueue runs = new RunQueue();

	private volatile @Nullable TimerSettings settings;

	private volatile @Nullable TimerHandler handler;

	private volatile TimerState state = TimerState.STOPPED;

	private long left;

	ScheduledTimer(String name, Timers.Shared shared) {
		this.name = name;
		this.shared = shared;
		this.ticks = new TickSequence(shared.ticks(), this::tick);
		this.record = new TimerRecord(this, shared.observer());
		this.deadlines = new Deadlines(shared.ticks());
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public @Nullable TimerSettings settings() {
		return this.settings;
	}

	private TimerSettings present() {
		TimerSettings present = this.settings;
		return (present != null) ? present : UNSET;
	}

	@Override
	public void configure(TimerSettings other) {
		changeInactive(() -> this.settings = other);
	}

	@Override
	public void handle(TimerHandler other) {
		changeInactive(() -> this.handler = other);
	}

	private void changeInactive(Runnable change) {
		this.lock.change((calls) -> {
			if (this.state.active()) {
				throw new TimerException(this.name, "Timer '%s' is active and cannot be changed".formatted(this.name));
			}
			change.run();
		});
	}

	@Override
	public boolean handled() {
		return this.handler != null;
	}

	@Override
	public void start() {
		if (settings() == null || !handled()) {
			throw new TimerException(this.name, "Timer '%s' cannot start, for nobody has said %s".formatted(this.name,
					(settings() == null) ? "when it ticks" : "what it does"));
		}
		this.lock.change((calls) -> {
			if (this.shared.registry().admits(this) && !this.state.active()) {
				this.state = TimerState.SCHEDULED;
				this.left = present().repeat();
				calls.add(() -> this.record.tell(new TimerEvent.Started(this)));
				proceed(() -> this.ticks.start(present().schedule(), present().jitter()), calls);
			}
		});
	}

	/** A cadence may throw anything, and a scheduler may have been shut down. */
	private void proceed(Runnable step, List<Runnable> calls) {
		try {
			step.run();
			completeIfDone(calls);
		}
		catch (RejectedExecutionException ex) {
			this.record.error(ex);
		}
		catch (RuntimeException ex) {
			this.record.error(ex);
			end(TimerState.CANCELLED, ex, calls);
		}
	}

	private void completeIfDone(List<Runnable> calls) {
		if (this.state.active() && (this.left == 0 || this.ticks.exhausted()) && this.runs.idle()) {
			end(TimerState.COMPLETED, null, calls);
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
				proceed(this.ticks::resume, calls);
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
		this.record.cancellation(cause);
		this.record.skipped(this.runs.clear(), calls);
		calls.add(() -> this.shared.registry().ended(this));
		if (active) {
			calls.add(() -> this.record.tell(new TimerEvent.Ended(this, cause)));
		}
	}

	private void tick(Object call) {
		this.lock.change((calls) -> {
			if (this.ticks.early(call)) {
				proceed(this.ticks::again, calls);
				return;
			}
			Moment due = this.ticks.take(call);
			if (due == null) {
				return;
			}
			if (admit(new TimerRun(this, due), calls) && !present().endless()) {
				this.left--;
			}
			if (this.left > 0) {
				proceed(() -> this.record.skipped(this.ticks.advance(present().catchesUp()), calls), calls);
			}
			else {
				this.ticks.stop();
			}
		});
	}

	@Override
	public boolean fire() {
		return this.lock.get((calls) -> {
			boolean able = handled() && this.state != TimerState.CANCELLED && this.shared.registry().open();
			return able && admit(new TimerRun(this, this.ticks.now()), calls);
		});
	}

	private boolean admit(TimerRun run, List<Runnable> calls) {
		Admission admission = this.runs.admit(run, present().overlap());
		if (admission == Admission.BEGINS) {
			calls.add(() -> run.handOver(this.shared.executor()));
		}
		this.record.skipped((admission == Admission.SKIPPED) ? 1 : 0, calls);
		return admission != Admission.SKIPPED;
	}

	TimerRecord record() {
		return this.record;
	}

	TickSequence ticks() {
		return this.ticks;
	}

	/**
	 * Calls the handler.
	 * @param late called when that takes longer than it may
	 */
	void work(Consumer<Duration> late) throws Exception {
		Duration limit = present().maxRunTime();
		this.deadlines.during(limit, () -> late.accept(limit), () -> Objects.requireNonNull(this.handler).run(this));
	}

	/** Takes note of the end of a run, and gives the one that is next on its thread. */
	@Nullable TimerRun ended(TimerRun run, RunEnded event) {
		return this.lock.<@Nullable TimerRun>get((calls) -> {
			this.record.ended(event, calls);
			if (event.outcome().broken() && this.state.active() && present().onError() == OnError.CANCEL) {
				end(TimerState.CANCELLED, this.record.causeOf(event), calls);
			}
			TimerRun next = this.runs.ended(run);
			boolean paused = this.state == TimerState.PAUSED;
			proceed((this.state.active() && this.left > 0) ? () -> this.ticks.follow(paused) : () -> {
			}, calls);
			return next;
		});
	}

	/** Ends its ticks, but not what runs. */
	Stopping halt() {
		return this.lock.get((calls) -> {
			boolean active = this.state.active();
			int dropped = this.runs.clear();
			this.record.skipped(dropped, calls);
			if (active) {
				end(TimerState.STOPPED, null, calls);
			}
			return new Stopping(this, active, this.runs.awaited(), dropped);
		});
	}

	/** Waits until none of some runs is under way. */
	boolean awaitEnd(List<TimerRun> some, long deadline) {
		return this.lock.await(() -> this.runs.running().stream().noneMatch(some::contains), deadline);
	}

	@Override
	public TimerState state() {
		return this.state;
	}

	@Override
	public int running() {
		return this.lock.get((calls) -> this.runs.running().size());
	}

	@Override
	public long runs() {
		return this.record.counts().runs();
	}

	@Override
	public OptionalLong remaining() {
		return present().endless() ? OptionalLong.empty()
				: OptionalLong.of(this.lock.get((calls) -> this.state.active() ? this.left : 0));
	}

	@Override
	public @Nullable Instant next() {
		Moment next = this.lock
			.<@Nullable Moment>get((calls) -> (this.state == TimerState.SCHEDULED) ? this.ticks.next() : null);
		return (next != null) ? next.instant() : null;
	}

	@Override
	public @Nullable Throwable lastError() {
		return this.record.lastError();
	}

	@Override
	public @Nullable Throwable cancellation() {
		return (this.state == TimerState.CANCELLED) ? this.record.cancellation() : null;
	}

	@Override
	public TimerCounts counts() {
		return this.record.counts();
	}

}
