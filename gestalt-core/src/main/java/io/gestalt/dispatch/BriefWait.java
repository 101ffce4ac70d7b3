package io.gestalt.dispatch;

import java.util.concurrent.TimeUnit;

/**
 * Waits on the processor for the next messages, a few microseconds at most, where they
 * follow each other so closely that parking the thread and waking it up would take
 * longer. Waits that were in vain make the next ones rarer.
 */
final class BriefWait {

	private static final long WINDOW = TimeUnit.MICROSECONDS.toNanos(20);

	private static final int MAX_PENALTY = 256;

	private static final boolean POSSIBLE = Runtime.getRuntime().availableProcessors() > 1;

	private long fellIdle;

	private boolean close;

	private int penalty;

	private int skipped;

	/** Work has come. */
	void started() {
		this.close = System.nanoTime() - this.fellIdle < 2 * WINDOW;
	}

	/** The work is done; tells whether there is more. */
	boolean forMore(SerialLane lane) {
		boolean worthwhile = POSSIBLE && this.close && this.skipped++ >= this.penalty;
		boolean more = worthwhile && spin(lane);
		if (worthwhile) {
			this.penalty = more ? this.penalty / 2 : Math.min(MAX_PENALTY, this.penalty * 2 + 1);
			this.skipped = 0;
		}
		if (!more) {
			this.fellIdle = System.nanoTime();
		}
		return more;
	}

	private static boolean spin(SerialLane lane) {
		long start = System.nanoTime();
		do {
			if (lane.hasWork()) {
				return true;
			}
			Thread.onSpinWait();
		}
		while (System.nanoTime() - start < WINDOW);
		return false;
	}

}
