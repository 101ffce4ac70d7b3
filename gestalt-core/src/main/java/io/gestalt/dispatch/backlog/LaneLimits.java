package io.gestalt.dispatch.backlog;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of one lane.
 *
 * @param capacity how many messages may wait
 * @param maxSize how many bytes may wait
 * @param shared the budget of all lanes together, {@code null} for none
 */
public record LaneLimits(int capacity, long maxSize, @Nullable SharedBudget shared) {

	boolean hasRoom(int waiting) {
		return this.shared == null || this.shared.hasRoom(waiting);
	}

	/** After how many messages the shared budget wants to know. */
	int step() {
		return (this.shared != null) ? this.shared.step() : Integer.MAX_VALUE;
	}

	void taken(int count, long size) {
		if (this.shared != null && count > 0) {
			this.shared.add(count, size);
		}
	}

	void released(int count, long size) {
		if (this.shared != null && count > 0) {
			this.shared.add(-count, -size);
		}
	}

}
