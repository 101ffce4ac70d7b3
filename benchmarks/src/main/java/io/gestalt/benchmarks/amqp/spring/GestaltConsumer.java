package io.gestalt.benchmarks.amqp.spring;

import java.time.Duration;

import io.gestalt.benchmarks.amqp.contender.Consumer;
import io.gestalt.endpoint.Endpoint;

import org.springframework.context.ConfigurableApplicationContext;

/** Starts and stops a subscriber. */
final class GestaltConsumer implements Consumer {

	private static final Duration GRACE = Duration.ofSeconds(5);

	private final ConfigurableApplicationContext context;

	private final Endpoint subscriber;

	GestaltConsumer(ConfigurableApplicationContext context) {
		this.context = context;
		this.subscriber = context.getBean(GestaltContender.ENDPOINT, Endpoint.class);
	}

	@Override
	public void start() {
		this.subscriber.start();
	}

	@Override
	public void stop() {
		this.subscriber.stop(GRACE);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
