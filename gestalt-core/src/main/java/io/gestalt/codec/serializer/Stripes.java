package io.gestalt.codec.serializer;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Keeps things that are costly to make, four per processor at the most, and lends each to
 * one thread at a time. A thread looks first where it looked before, so that few of them
 * meet; as nothing belongs to a thread, virtual ones cost no more than others.
 */
final class Stripes<T> {

	/** References between two places, so that no two share a line of a cache. */
	private static final int DISTANCE = 32;

	private static final int ATTEMPTS = 4;

	private final int mask = Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors()) - 1;

	private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>((this.mask + 1) * DISTANCE);

	/** Takes a thing away, {@code null} if there is none nearby. */
	@Nullable T take() {
		int home = home();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int place = place(home + attempt);
			T thing = this.places.getPlain(place);
			if (thing != null && this.places.compareAndSet(place, thing, null)) {
				return thing;
			}
		}
		return null;
	}

	/** Keeps a thing if there is room nearby. */
	void giveBack(T thing) {
		int home = home();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int place = place(home + attempt);
			if (this.places.getPlain(place) == null && this.places.compareAndSet(place, null, thing)) {
				return;
			}
		}
	}

	private int place(int stripe) {
		return (stripe & this.mask) * DISTANCE;
	}

	private static int home() {
		return (int) Thread.currentThread().getId();
	}

}
