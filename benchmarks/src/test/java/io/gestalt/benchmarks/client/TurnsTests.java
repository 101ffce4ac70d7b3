package io.gestalt.benchmarks.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTests {

	private final Deque<Runnable> later = new ArrayDeque<>();

	private final int[] sent = new int[3];

	private final List<Turns.Player> players = List.of((count, now) -> this.sent[0] += count,
			(count, now) -> this.sent[1] += count, (count, now) -> this.sent[2] += count);

	@Test
	void spreadsTheMessagesInFlightOverAllConnections() {
		turns(TimeUnit.MINUTES.toNanos(1), 7).start();
		assertThat(this.sent).containsExactly(3, 2, 2);
	}

	@Test
	void goesOnWithTheConnectionWhoseTurnItIs() {
		Turns turns = turns(TimeUnit.MINUTES.toNanos(1), 2);
		turns.start();
		assertThat(this.sent).containsExactly(1, 1, 0);
		turns.replied(1);
		this.later.remove().run();
		assertThat(this.sent).containsExactly(1, 1, 1);
		turns.replied(1);
		this.later.remove().run();
		assertThat(this.sent).containsExactly(2, 1, 1);
	}

	@Test
	void sendsTogetherWhatSeveralConnectionsMadeFree() {
		Turns turns = turns(TimeUnit.MINUTES.toNanos(1), 6);
		turns.start();
		turns.replied(2);
		turns.replied(1);
		assertThat(this.later).hasSize(1);
		this.later.remove().run();
		assertThat(this.sent).containsExactly(3, 3, 3);
	}

	@Test
	void endsWhenAllRepliesAreThere() {
		Round round = new Round(0, 1);
		Turns turns = new Turns(round, 2, this.players, this.later::add);
		turns.start();
		turns.replied(1);
		this.later.remove().run();
		assertThat(round.done()).isNotDone();
		turns.replied(1);
		this.later.remove().run();
		assertThat(round.done()).isCompleted();
		assertThat(round.messages()).isEqualTo(2);
	}

	private Turns turns(long durationNanos, int inFlight) {
		return new Turns(new Round(durationNanos, 1), inFlight, this.players, this.later::add);
	}

}
