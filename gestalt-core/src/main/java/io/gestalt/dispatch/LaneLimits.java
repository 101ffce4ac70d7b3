package io.gestalt.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of one lane.
 *
 * @param capacity how many messages may wait
 * @param maxSize how many bytes may wait
 * @param shared the budget of all lanes together, {@code null} for none
 */
record LaneLimits(int capacity, long maxSize, @Nullable SharedBudget shared) {

	boolean hasRoom(int waiting) {
		return this.shared == null || this.shared.hasRoom(waiting);
	}

	void taken(int size) {
		if (this.shared != null) {
			this.shared.add(1, size);
		}
	}

	void released(int count, long size) {
		if (this.shared != null) {
			this.shared.add(-count, -size);
		}
	}

}
