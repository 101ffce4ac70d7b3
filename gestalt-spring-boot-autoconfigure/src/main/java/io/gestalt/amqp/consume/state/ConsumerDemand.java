package io.gestalt.amqp.consume.state;

/**
 * How many consumers there should be: one more after messages were waiting for a while,
 * one less after none were for longer.
 */
public final class ConsumerDemand {

	private static final int BUSY = 2;

	private static final int IDLE = 30;

	private final int min;

	private final int max;

	private int busy;

	private int idle;

	public ConsumerDemand(int min, int max) {
		this.min = min;
		this.max = max;
	}

	/** How many consumers there are at the least. */
	public int min() {
		return this.min;
	}

	/**
	 * Takes a look, as it is to be taken regularly.
	 * @param consumers how many there are
	 * @param backlog how many messages wait for them
	 * @return how many there should be
	 */
	public int wanted(int consumers, int backlog) {
		this.busy = (backlog >= consumers) ? this.busy + 1 : 0;
		this.idle = (backlog == 0) ? this.idle + 1 : 0;
		if (this.busy >= BUSY && consumers < this.max) {
			this.busy = 0;
			return consumers + 1;
		}
		if (this.idle >= IDLE && consumers > this.min) {
			this.idle = 0;
			return consumers - 1;
		}
		return consumers;
	}

}
