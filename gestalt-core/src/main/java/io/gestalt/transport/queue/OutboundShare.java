package io.gestalt.transport.queue;

import java.util.concurrent.atomic.AtomicLong;

/** What one queue holds of a budget; taken under the lock of the queue. */
final class OutboundShare {

	private final OutboundBudget budget;

	private final AtomicLong held = new AtomicLong();

	private boolean crowded;

	OutboundShare(OutboundBudget budget) {
		this.budget = budget;
	}

	/** Takes memory, if the budget allows it. */
	boolean take(long size) {
		boolean taken = this.budget.add(size, this.held.addAndGet(size));
		if (!taken) {
			give(size);
		}
		look();
		return taken;
	}

	/** Takes memory in any case. */
	void add(long size) {
		this.budget.add(size, this.held.addAndGet(size));
		look();
	}

	/** Gives memory back; safe from any thread. */
	void give(long size) {
		this.budget.remove(size, this.held.addAndGet(-size));
	}

	/** Looks again at the budget, which other queues use as well. */
	void look() {
		long mine = this.held.get();
		this.crowded = mine > 0 && this.budget.crowded(mine);
	}

	/** Whether the queue should not have asked for more when that was last looked at. */
	boolean crowded() {
		return this.crowded;
	}

	@Override
	public String toString() {
		return "all queues of the endpoint together hold %d bytes (limit is %d bytes)".formatted(this.budget.used(),
				this.budget.limit());
	}

}
