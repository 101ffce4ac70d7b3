package io.gestalt.boot.test.amqp.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** What a channel was delivered and has not settled; guarded by its broker. */
final class Unsettled {

	private final SortedMap<Long, Delivered> byTag = new TreeMap<>();

	private long tag;

	/**
	 * Notes a delivery.
	 * @param consumer who gets it, {@code null} if it was fetched
	 * @return its tag
	 */
	long add(@Nullable MemoryConsumer consumer, MemoryQueue queue, StoredMessage message, boolean autoAck) {
		this.tag++;
		if (!autoAck) {
			this.byTag.put(this.tag, new Delivered(consumer, queue, message));
		}
		return this.tag;
	}

	void settle(long last, boolean multiple, Consumer<Delivered> how) {
		Map<Long, Delivered> settled = this.byTag.subMap(multiple ? 0 : last, last + 1);
		List<Delivered> all = new ArrayList<>(settled.values());
		settled.clear();
		for (Delivered delivered : all) {
			delivered.settled();
			how.accept(delivered);
			delivered.queue().deliver();
		}
	}

	/** Puts everything back to where it was. */
	void giveBack() {
		List<Delivered> open = new ArrayList<>(this.byTag.values());
		this.byTag.clear();
		for (int i = open.size() - 1; i >= 0; i--) {
			open.get(i).queue().giveBack(List.of(open.get(i).message()));
		}
	}

	/**
	 * A message that was delivered.
	 *
	 * @param consumer who got it, {@code null} if it was fetched
	 * @param queue from where
	 * @param message the message
	 */
	record Delivered(@Nullable MemoryConsumer consumer, MemoryQueue queue, StoredMessage message) {

		void settled() {
			if (this.consumer != null) {
				this.consumer.settled();
			}
		}

	}

}
