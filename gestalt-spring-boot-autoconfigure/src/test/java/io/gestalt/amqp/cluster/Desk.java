package io.gestalt.amqp.cluster;

import io.gestalt.boot.annotation.GestaltListener;

/** Answers with what it was asked. */
class Desk {

	@GestaltListener("desk")
	Tick quote(Tick tick) {
		return tick;
	}

}
