package io.gestalt.amqp.contract;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Message;

/** Sends what comes to another endpoint, as it came. */
record PassingOn(Endpoint next) {

	@GestaltListener("ticks")
	void pass(Message<Integer> message) {
		this.next.send(message);
	}

}
