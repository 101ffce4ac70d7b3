package io.gestalt.endpoint.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until conversations have nothing left to do. */
final class Quiescence {

	private static final Duration FLUSH = Duration.ofSeconds(1);

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private Quiescence() {
	}

	static void await(List<Conversation> conversations, Duration grace) {
		long start = System.nanoTime();
		List<Conversation> busy = new ArrayList<>(conversations);
		long flushing = 0;
		while (!busy.isEmpty() && left(start, grace) > 0) {
			List<CompletableFuture<Progress>> progress = busy.stream().map(Conversation::progress).toList();
			boolean handling = false;
			for (int i = busy.size() - 1; i >= 0; i--) {
				Progress state = progress.get(i)
					.completeOnTimeout(Progress.HANDLING, left(start, grace), TimeUnit.NANOSECONDS)
					.join();
				if (state == Progress.DONE) {
					busy.remove(i);
				}
				handling = handling || state == Progress.HANDLING;
			}
			flushing = (handling || flushing == 0) ? System.nanoTime() : flushing;
			if (System.nanoTime() - flushing > FLUSH.toNanos()) {
				return;
			}
			LockSupport.parkNanos(PAUSE);
		}
	}

	private static long left(long start, Duration grace) {
		return grace.toNanos() - (System.nanoTime() - start);
	}

}
