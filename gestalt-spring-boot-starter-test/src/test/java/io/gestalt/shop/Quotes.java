package io.gestalt.shop;

import io.gestalt.boot.client.GestaltClient;

@GestaltClient("quotes")
public interface Quotes {

	Quote quote(QuoteRequest request);

	record QuoteRequest(String currency) {
	}

	record Quote(String currency, double price) {
	}

}
