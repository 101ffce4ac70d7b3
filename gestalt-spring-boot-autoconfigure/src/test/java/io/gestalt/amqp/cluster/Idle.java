package io.gestalt.amqp.cluster;

import io.gestalt.boot.annotation.GestaltListener;

/** Does nothing with what it gets. */
class Idle {

	@GestaltListener("ticks")
	void tick(Tick tick) {
	}

}
