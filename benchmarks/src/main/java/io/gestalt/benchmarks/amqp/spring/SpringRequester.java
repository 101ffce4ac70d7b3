package io.gestalt.benchmarks.amqp.spring;

import io.gestalt.benchmarks.amqp.contender.Requester;
import io.gestalt.benchmarks.amqp.workload.Place;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import org.springframework.context.ConfigurableApplicationContext;

/** Asks by Spring's template, which uses direct reply-to by itself. */
final class SpringRequester implements Requester {

	private final Place place;

	private final ConfigurableApplicationContext context;

	private final RabbitTemplate template;

	SpringRequester(Place place, ConfigurableApplicationContext context) {
		this.place = place;
		this.context = context;
		this.template = context.getBean(RabbitTemplate.class);
	}

	@Override
	public Object request(Object payload) {
		Object reply = this.template.convertSendAndReceive("", this.place.queue(), payload);
		if (reply == null) {
			throw new IllegalStateException("No reply in time");
		}
		return reply;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
