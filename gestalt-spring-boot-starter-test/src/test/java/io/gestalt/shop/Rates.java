package io.gestalt.shop;

import io.gestalt.boot.client.GestaltClient;

@GestaltClient("rates")
public interface Rates {

	Rate rate(Ask ask);

	record Ask(String currency) {
	}

	record Rate(double value) {
	}

}
