package io.gestalt.test.fault;

import java.time.Duration;

/**
 * What a network does to what passes.
 *
 * @param latency by how much it delays
 * @param bytesPerSecond how much may pass, 0 for everything
 * @param corruptOneIn one of how many bytes is spoilt, 0 for none
 * @param swallow whether nothing arrives
 */
record Faults(Duration latency, long bytesPerSecond, int corruptOneIn, boolean swallow) {

	static final Faults NONE = new Faults(Duration.ZERO, 0, 0, false);

	Faults latency(Duration delay) {
		return new Faults(delay, this.bytesPerSecond, this.corruptOneIn, this.swallow);
	}

	Faults throttle(long rate) {
		return new Faults(this.latency, rate, this.corruptOneIn, this.swallow);
	}

	Faults corrupt(int oneIn) {
		return new Faults(this.latency, this.bytesPerSecond, oneIn, this.swallow);
	}

	Faults swallow(boolean swallowing) {
		return new Faults(this.latency, this.bytesPerSecond, this.corruptOneIn, swallowing);
	}

}
