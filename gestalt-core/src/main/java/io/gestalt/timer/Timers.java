package io.gestalt.timer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.gestalt.timer.schedule.TickScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All timers of an application: those that it has by configuration, and those that it
 * begins by calls and that are forgotten when they have ended.
 */
public final class Timers implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Timers.class);

	private final Map<String, ScheduledTimer> byName = new ConcurrentSkipListMap<>();

	private final Set<ScheduledTimer> kept = ConcurrentHashMap.newKeySet();

	private final Set<ScheduledTimer> wanted = ConcurrentHashMap.newKeySet();

	private final TickScheduler ticks;

	private final Executor executor;

	private final TimerObserver observer;

	private volatile List<Stopping> stopping = List.of();

	private boolean open;

	private Runnable release = () -> {
	};

	/**
	 * Creates timers that do not tick before they are started.
	 * @param ticks tells the time
	 * @param workers threads that may block
	 * @param observer is told what happens
	 */
	public Timers(TickScheduler ticks, Executor workers, TimerObserver observer) {
		this.ticks = ticks;
		this.executor = ticks.executor(workers);
		this.observer = observer;
	}

	/** Timers with threads of their own, which tick from now on until they are closed. */
	public static Timers create() {
		ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(Timers::thread);
		ExecutorService workers = Executors.newCachedThreadPool(Timers::thread);
		Timers timers = new Timers(TickScheduler.of(ticks), workers, (event) -> {
		});
		timers.release = () -> {
			ticks.shutdownNow();
			workers.shutdownNow();
		};
		timers.start();
		return timers;
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "gestalt-timer");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Runs once.
	 * @param name a name that no other timer has
	 * @param delay after how long
	 * @param handler what to do
	 * @return the timer, which has started
	 * @throws TimerException if there is a timer of the name
	 */
	public Timer once(String name, Duration delay, TimerHandler handler) {
		return begin(name, TimerSettings.once(delay), handler);
	}

	/**
	 * Runs several times at a fixed rate, at once for the first time.
	 * @param name a name that no other timer has
	 * @param times how often
	 * @param interval from tick to tick
	 * @param handler what to do
	 * @return the timer, which has started
	 * @throws TimerException if there is a timer of the name
	 */
	public Timer repeat(String name, long times, Duration interval, TimerHandler handler) {
		return begin(name, TimerSettings.every(interval).repeat(times), handler);
	}

	/**
	 * Runs at a fixed rate until it is cancelled, at once for the first time.
	 * @param name a name that no other timer has
	 * @param interval from tick to tick
	 * @param handler what to do
	 * @return the timer, which has started
	 * @throws TimerException if there is a timer of the name
	 */
	public Timer forever(String name, Duration interval, TimerHandler handler) {
		return begin(name, TimerSettings.every(interval), handler);
	}

	/**
	 * Runs as some settings say.
	 * @param name a name that no other timer has
	 * @param settings when to run
	 * @param handler what to do
	 * @return the timer, which has started
	 * @throws TimerException if there is a timer of the name
	 */
	public Timer begin(String name, TimerSettings settings, TimerHandler handler) {
		ScheduledTimer timer = create(name);
		timer.configure(settings);
		timer.handle(handler);
		timer.start();
		return timer;
	}

	/**
	 * Adds a timer that stays when it has ended, and that others configure and start.
	 * @param name a name that no other timer has
	 * @throws TimerException if there is a timer of the name
	 */
	public Timer add(String name) {
		ScheduledTimer timer = create(name);
		this.kept.add(timer);
		enrol(timer);
		return timer;
	}

	private ScheduledTimer create(String name) {
		return new ScheduledTimer(name, new Shared(this.ticks, this.executor, this::tell, new Members()));
	}

	private void enrol(ScheduledTimer timer) {
		ScheduledTimer other = this.byName.putIfAbsent(timer.name(), timer);
		if (other != null && other != timer) {
			throw new TimerException(timer.name(), "There is a timer '%s' already".formatted(timer.name()));
		}
	}

	private void tell(TimerEvent event) {
		try {
			this.observer.onEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Observer {} failed on {}", this.observer, event, ex);
		}
	}

	/** Finds a timer, {@code null} if there is none of that name. */
	public @Nullable Timer find(String name) {
		return this.byName.get(name);
	}

	/** All timers in the order of their names. */
	public Collection<Timer> all() {
		return List.copyOf(this.byName.values());
	}

	/**
	 * Lets timers tick, those first that were started before; does nothing a second time.
	 */
	public void start() {
		List<ScheduledTimer> late;
		synchronized (this) {
			this.open = true;
			late = List.copyOf(this.wanted);
			this.wanted.clear();
		}
		late.forEach(ScheduledTimer::start);
	}

	/**
	 * Ends all ticks, and waits for nothing. Timers that were begun by calls begin anew
	 * if all are started again.
	 */
	public void halt() {
		synchronized (this) {
			this.open = false;
		}
		this.stopping = this.byName.values().stream().map(this::halt).toList();
	}

	private Stopping halt(ScheduledTimer timer) {
		if (timer.state().active() && !this.kept.contains(timer)) {
			this.wanted.add(timer);
		}
		return timer.halt();
	}

	/**
	 * Ends all ticks, and waits for what runs, but not for the caller if it is run by a
	 * timer. What runs longer is interrupted.
	 * @param grace how long to wait
	 */
	public void stop(Duration grace) {
		long deadline = System.nanoTime() + grace.toNanos();
		halt();
		await(deadline);
	}

	/** Waits for what still runs after {@link #halt}, as {@link #stop} does. */
	public void awaitEnd(Duration grace) {
		await(System.nanoTime() + grace.toNanos());
	}

	private void await(long deadline) {
		this.stopping.forEach((timer) -> timer.await(deadline));
		this.stopping = List.of();
	}

	/** Stops without waiting, and gives back the threads that are its own. */
	@Override
	public void close() {
		stop(Duration.ZERO);
		this.release.run();
	}

	private final class Members implements Registry {

		@Override
		public boolean admits(ScheduledTimer timer) {
			enrol(timer);
			synchronized (Timers.this) {
				if (!Timers.this.open) {
					Timers.this.wanted.add(timer);
				}
				return Timers.this.open;
			}
		}

		@Override
		public boolean open() {
			synchronized (Timers.this) {
				return Timers.this.open;
			}
		}

		@Override
		public void ended(ScheduledTimer timer) {
			if (timer.state() != TimerState.STOPPED) {
				Timers.this.wanted.remove(timer);
				if (!Timers.this.kept.contains(timer)) {
					Timers.this.byName.remove(timer.name(), timer);
				}
			}
		}

	}

	/** Knows who takes part. */
	interface Registry {

		/** Whether a timer may tick now; it is started later if not. */
		boolean admits(ScheduledTimer timer);

		/** Whether timers may run. */
		boolean open();

		/** Takes note of a timer that ticks no more. */
		void ended(ScheduledTimer timer);

	}

	/**
	 * What the timers share.
	 *
	 * @param ticks tells the time
	 * @param executor does the work
	 * @param observer is told what happens
	 * @param registry knows who takes part
	 */
	record Shared(TickScheduler ticks, Executor executor, TimerObserver observer, Registry registry) {
	}

}
