package io.gestalt.benchmarks.amqp.spring;

import java.util.Objects;

import io.gestalt.benchmarks.amqp.contender.Requester;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.boot.client.GestaltOperations;

import org.springframework.context.ConfigurableApplicationContext;

/** Asks by Gestalt's template. */
final class GestaltRequester implements Requester {

	private final ConfigurableApplicationContext context;

	private final GestaltOperations gestalt;

	private final Class<?> replyType;

	GestaltRequester(Place place, ConfigurableApplicationContext context) {
		this.context = context;
		this.gestalt = context.getBean(GestaltOperations.class);
		this.replyType = place.workload().payloadType();
	}

	@Override
	public Object request(Object payload) {
		return Objects.requireNonNull(this.gestalt.request(GestaltContender.ENDPOINT, payload, this.replyType));
	}

	@Override
	public void close() {
		this.context.close();
	}

}
