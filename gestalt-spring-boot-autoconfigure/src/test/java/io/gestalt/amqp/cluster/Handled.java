package io.gestalt.amqp.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gestalt.boot.annotation.GestaltListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Remembers what was handled, in its order, maybe by several instances. */
class Handled {

	private final List<Tick> ticks = new ArrayList<>();

	@GestaltListener("ticks")
	synchronized void tick(Tick tick) {
		this.ticks.add(tick);
	}

	synchronized int count() {
		return this.ticks.size();
	}

	synchronized Set<Tick> distinct() {
		return new HashSet<>(this.ticks);
	}

	/** The numbers of each sender in the order in which they were handled first. */
	synchronized Map<String, List<Integer>> firstTime() {
		Map<String, List<Integer>> numbers = new HashMap<>();
		new LinkedHashSet<>(this.ticks)
			.forEach((tick) -> numbers.computeIfAbsent(tick.sender(), (name) -> new ArrayList<>()).add(tick.number()));
		return numbers;
	}

	/** Checks that redeliveries apart each sender's messages came in their order. */
	void verifyOrder() {
		firstTime().forEach((sender, numbers) -> assertThat(numbers).as(sender).isSorted());
	}

}
