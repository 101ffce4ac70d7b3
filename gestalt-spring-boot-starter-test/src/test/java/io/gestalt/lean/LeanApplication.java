package io.gestalt.lean;

import io.gestalt.boot.annotation.GestaltListener;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** Has no AMQP on its class path, and keeps what fails in a file. */
@SpringBootApplication
class LeanApplication {

	record Weight(String item, double kilos) {

	}

	record Price(String item, double euros) {

	}

	@Component
	static class Scales {

		@GestaltListener("scales")
		Price weigh(Weight weight) {
			if (weight.kilos() < 0) {
				throw new IllegalArgumentException("Lighter than nothing");
			}
			return new Price(weight.item(), 2 * weight.kilos());
		}

	}

}
