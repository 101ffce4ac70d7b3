package io.gestalt.shop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.stereotype.Component;

/** Needs a warehouse, which no slice has. */
@Component
public class Stock {

	final List<String> taken = new CopyOnWriteArrayList<>();

	public void take(Order order) {
		this.taken.add(order.id());
	}

}
