package io.gestalt.dispatch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import io.gestalt.message.Counter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventLoopLaneTests {

	private final Queue<CompletableFuture<String>> results = new ArrayDeque<>();

	private final Listener listener = Listener.builder().other(String.class, (payload, context) -> {
		CompletableFuture<String> result = new CompletableFuture<>();
		this.results.add(result);
		return result;
	}).execution(Execution.EVENT_LOOP).build();

	@Test
	void takesBackWhatItAbandonedOnce() {
		LaneBench bench = new LaneBench(this.listener, Runnable::run, 10, 1000);
		bench.receive("a");
		bench.lane.abandon();
		assertThat(bench.count(Counter.ABANDONED)).isEqualTo(1);
		this.results.remove().complete("a");
		bench.receive("b");
		this.results.remove().complete("b");
		assertThat(bench.count(Counter.HANDLED)).isEqualTo(2);
		assertThat(bench.count(Counter.ABANDONED)).isZero();
	}

}
