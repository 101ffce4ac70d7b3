package io.gestalt.amqp.contract;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gestalt.boot.annotation.GestaltListener;

/** Writes down the lists of numbers that come. */
final class Batches {

	final Queue<List<Integer>> seen = new ConcurrentLinkedQueue<>();

	@GestaltListener("ticks")
	void ticks(List<Integer> numbers) {
		this.seen.add(List.copyOf(numbers));
	}

	int count() {
		return this.seen.stream().mapToInt(List::size).sum();
	}

}
