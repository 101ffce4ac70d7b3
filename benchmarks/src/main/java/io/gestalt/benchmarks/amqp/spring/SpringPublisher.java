package io.gestalt.benchmarks.amqp.spring;

import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.contender.Window;
import io.gestalt.benchmarks.amqp.workload.Place;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import org.springframework.context.ConfigurableApplicationContext;

/** Publishes by Spring's template. */
final class SpringPublisher implements Publisher {

	private final Place place;

	private final ConfigurableApplicationContext context;

	private final RabbitTemplate template;

	private final boolean confirms;

	private final Window window = new Window();

	private long ids;

	SpringPublisher(Place place, ConfigurableApplicationContext context) {
		this.place = place;
		this.context = context;
		this.template = context.getBean(RabbitTemplate.class);
		this.confirms = place.workload().confirms();
	}

	@Override
	public void publish(Object payload) throws Exception {
		if (!this.confirms) {
			this.template.convertAndSend("", this.place.queue(), payload);
			return;
		}
		this.window.enter();
		CorrelationData correlation = new CorrelationData(Long.toString(++this.ids));
		this.template.convertAndSend("", this.place.queue(), payload, correlation);
		correlation.getFuture().whenComplete((confirm, cause) -> {
			if (cause != null || !confirm.ack()) {
				this.window.fail(new IllegalStateException("RabbitMQ refused a message", cause));
			}
			this.window.leave(1);
		});
	}

	@Override
	public void await() throws Exception {
		this.window.await();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
