package io.gestalt.amqp.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gestalt.boot.annotation.GestaltListener;

import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;

/** Remembers what was handled, in its order, maybe by several instances. */
class Handled {

	private final List<Tick> ticks = new ArrayList<>();

	private final Set<Tick> redelivered = new HashSet<>();

	@GestaltListener("ticks")
	synchronized void tick(Tick tick, @Header("amqp_redelivered") boolean again) {
		this.ticks.add(tick);
		if (again) {
			this.redelivered.add(tick);
		}
	}

	synchronized int count() {
		return this.ticks.size();
	}

	synchronized Set<Tick> distinct() {
		return new HashSet<>(this.ticks);
	}

	/**
	 * Checks that each sender's messages came in order, what came again in its first
	 * place.
	 */
	void verifyOrder() {
		verifyOrder(new LinkedHashSet<>(copy()));
	}

	/** Checks the order of what came for the first time. */
	synchronized void verifyOrderOfFirstDeliveries() {
		Set<Tick> first = new LinkedHashSet<>(this.ticks);
		first.removeAll(this.redelivered);
		verifyOrder(first);
	}

	private synchronized List<Tick> copy() {
		return List.copyOf(this.ticks);
	}

	private static void verifyOrder(Set<Tick> handled) {
		Map<String, Integer> last = new HashMap<>();
		handled.forEach((tick) -> {
			Integer before = last.put(tick.sender(), tick.number());
			assertThat(tick.number()).as(tick.sender()).isGreaterThan((before != null) ? before : -1);
		});
	}

}
