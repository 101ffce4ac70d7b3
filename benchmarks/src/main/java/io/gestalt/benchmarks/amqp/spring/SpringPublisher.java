package io.gestalt.benchmarks.amqp.spring;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import org.springframework.context.ConfigurableApplicationContext;

/** Publishes by Spring's template. */
final class SpringPublisher implements Publisher {

	private static final int LIMIT_SECONDS = 60;

	private final Place place;

	private final ConfigurableApplicationContext context;

	private final RabbitTemplate template;

	private final boolean confirms;

	private final Semaphore room = new Semaphore(AmqpWorkload.WINDOW);

	private long ids;

	private volatile @Nullable Exception failure;

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
		take(1);
		CorrelationData correlation = new CorrelationData(Long.toString(++this.ids));
		this.template.convertAndSend("", this.place.queue(), payload, correlation);
		correlation.getFuture().whenComplete((confirm, cause) -> {
			if (cause != null || !confirm.ack()) {
				this.failure = new IllegalStateException("RabbitMQ refused a message", cause);
			}
			this.room.release();
		});
	}

	private void take(int permits) throws Exception {
		if (!this.room.tryAcquire(permits, LIMIT_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("RabbitMQ confirms nothing any more");
		}
		Exception refused = this.failure;
		if (refused != null) {
			throw refused;
		}
	}

	@Override
	public void await() throws Exception {
		take(AmqpWorkload.WINDOW);
		this.room.release(AmqpWorkload.WINDOW);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
