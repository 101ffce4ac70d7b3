package io.gestalt.timer.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * Calls when things take too long. Schedulers may keep what was cancelled until it would
 * have been due: therefore one call at a time is scheduled here, and none is cancelled.
 */
public final class Deadlines {

	private final TickScheduler scheduler;

	private final Set<Deadline> open = new LinkedHashSet<>();

	private boolean armed;

	public Deadlines(TickScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Does something that has a limit.
	 * @param limit how long it may take, zero for no limit
	 * @param late called when it takes longer
	 * @param work what to do
	 * @throws Exception if that fails
	 */
	public void during(Duration limit, Runnable late, Work work) throws Exception {
		if (limit.isZero()) {
			work.run();
			return;
		}
		Deadline deadline = begin(limit, late);
		try {
			work.run();
		}
		finally {
			end(deadline);
		}
	}

	private synchronized Deadline begin(Duration limit, Runnable late) {
		Deadline deadline = new Deadline(this.scheduler.nanoTime() + Nanos.of(limit), late);
		this.open.add(deadline);
		if (!this.armed) {
			arm(limit);
		}
		return deadline;
	}

	private synchronized void end(Deadline deadline) {
		this.open.remove(deadline);
	}

	private void arm(Duration wait) {
		try {
			this.scheduler.schedule(this::check, wait);
			this.armed = true;
		}
		catch (RejectedExecutionException ex) {
			this.armed = false;
		}
	}

	private void check() {
		List<Deadline> late = new ArrayList<>();
		synchronized (this) {
			this.armed = false;
			long now = this.scheduler.nanoTime();
			long next = Long.MAX_VALUE;
			for (Iterator<Deadline> each = this.open.iterator(); each.hasNext();) {
				Deadline deadline = each.next();
				long left = deadline.nanos - now;
				if (left <= 0) {
					each.remove();
					late.add(deadline);
				}
				else {
					next = Math.min(next, left);
				}
			}
			if (!this.open.isEmpty()) {
				arm(Duration.ofNanos(next));
			}
		}
		late.forEach((deadline) -> deadline.late.run());
	}

	/** Something that may take long. */
	@FunctionalInterface
	public interface Work {

		void run() throws Exception;

	}

	private static final class Deadline {

		private final long nanos;

		private final Runnable late;

		private Deadline(long nanos, Runnable late) {
			this.nanos = nanos;
			this.late = late;
		}

	}

}
