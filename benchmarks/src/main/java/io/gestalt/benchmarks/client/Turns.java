package io.gestalt.benchmarks.client;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * Keeps a number of messages in flight over all connections. Each connection in turn
 * sends one, however many there are; those of a connection that came round more than once
 * are sent together.
 */
final class Turns {

	private final Round round;

	private final int inFlight;

	private final List<? extends Player> players;

	private final Executor later;

	private int next;

	private int free;

	private boolean waiting;

	private long messages;

	/**
	 * Turns that are still to be started.
	 * @param round what is played
	 * @param inFlight how many messages may wait for their reply
	 * @param players the connections
	 * @param later runs a task when all connections that have replies were read
	 */
	Turns(Round round, int inFlight, List<? extends Player> players, Executor later) {
		this.round = round;
		this.inFlight = inFlight;
		this.players = players;
		this.later = later;
	}

	/** Begins with as many messages as may be in flight, on the event loop. */
	void start() {
		this.free = this.inFlight;
		long now = System.nanoTime();
		this.round.start(now);
		deal(now);
	}

	/** Takes replies back that a connection has received. */
	void replied(int count) {
		this.free += count;
		this.messages += count;
		if (this.waiting) {
			return;
		}
		this.waiting = true;
		this.later.execute(this::goOn);
	}

	private void goOn() {
		this.waiting = false;
		long now = System.nanoTime();
		if (!this.round.over(now)) {
			deal(now);
		}
		else if (this.free == this.inFlight) {
			this.round.finish(now, this.messages);
		}
	}

	private void deal(long now) {
		int each = this.free / this.players.size();
		int more = this.free % this.players.size();
		int touched = (each > 0) ? this.players.size() : more;
		this.free = 0;
		for (int i = 0; i < touched; i++) {
			this.players.get((this.next + i) % this.players.size()).send(each + ((i < more) ? 1 : 0), now);
		}
		this.next = (this.next + more) % this.players.size();
	}

	/** A connection. */
	@FunctionalInterface
	interface Player {

		/** Sends messages, all at once. */
		void send(int count, long now);

	}

}
