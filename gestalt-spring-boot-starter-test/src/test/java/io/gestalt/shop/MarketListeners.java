package io.gestalt.shop;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.message.Acknowledgment;
import io.gestalt.message.RemoteException;
import io.gestalt.shop.Quotes.Quote;
import io.gestalt.shop.Quotes.QuoteRequest;

import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

@Component
class MarketListeners {

	@GestaltListener("ticks")
	void tick(Reading reading, @Header("amqp_redelivered") boolean redelivered, Acknowledgment acknowledgment) {
		if (reading.value() < 0) {
			throw new IllegalArgumentException("Below zero");
		}
		if (reading.sensor().equals("again") && !redelivered) {
			acknowledgment.reject(true);
		}
	}

	@GestaltListener("quote-desk")
	Quote quote(QuoteRequest request) {
		if (request.currency().equals("none")) {
			throw new RemoteException("no-such-currency", "There is no such currency");
		}
		return new Quote(request.currency(), 3);
	}

}
