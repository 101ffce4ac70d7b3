package io.gestalt.shop;

import io.gestalt.boot.annotation.GestaltHandler;
import io.gestalt.boot.annotation.GestaltListener;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
@GestaltListener("typed")
class TypedListener {

	@GestaltHandler(7)
	Mono<Receipt> order(Order order) {
		return Mono.just(new Receipt(order.id()));
	}

	@GestaltHandler(8)
	void reading(Reading reading) {
	}

}
