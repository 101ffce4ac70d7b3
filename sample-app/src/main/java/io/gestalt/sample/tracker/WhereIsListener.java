package io.gestalt.sample.tracker;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.WhereIs;
import io.gestalt.sample.fleet.WhereIsService;
import io.gestalt.sample.fleet.Whereabouts;

import org.springframework.stereotype.Component;

/** Answers where a vehicle is. */
@Component
class WhereIsListener implements WhereIsService {

	private final Fleet fleet;

	WhereIsListener(Fleet fleet) {
		this.fleet = fleet;
	}

	@Override
	@GestaltListener("where-is")
	public Whereabouts whereIs(WhereIs question) {
		return this.fleet.answer(question);
	}

}
