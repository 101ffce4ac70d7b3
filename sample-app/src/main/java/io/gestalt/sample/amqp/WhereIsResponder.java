package io.gestalt.sample.amqp;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.sample.fleet.WhereIs;
import io.gestalt.sample.fleet.WhereIsService;
import io.gestalt.sample.fleet.Whereabouts;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Answers what comes through the broker, by the handler that answers over TCP. */
@Component
class WhereIsResponder {

	private final WhereIsService handler;

	WhereIsResponder(@Qualifier("whereIsListener") WhereIsService handler) {
		this.handler = handler;
	}

	@GestaltListener("where-is-desk")
	Whereabouts whereIs(WhereIs question) {
		return this.handler.whereIs(question);
	}

}
