package io.gestalt.shop;

import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.timer.GestaltTimer;

import org.springframework.stereotype.Component;

@Component
public class Poller {

	public final AtomicInteger polls = new AtomicInteger();

	@GestaltTimer("poll")
	void poll() {
		this.polls.incrementAndGet();
	}

}
