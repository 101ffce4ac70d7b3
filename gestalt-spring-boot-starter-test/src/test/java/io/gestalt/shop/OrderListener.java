package io.gestalt.shop;

import io.gestalt.boot.annotation.GestaltListener;

import org.springframework.stereotype.Component;

@Component
class OrderListener {

	private final Stock stock;

	OrderListener(Stock stock) {
		this.stock = stock;
	}

	@GestaltListener("orders")
	Receipt place(Order order) {
		if (order.quantity() < 1) {
			throw new IllegalArgumentException("Nothing to place");
		}
		this.stock.take(order);
		return new Receipt(order.id());
	}

}
