package io.gestalt.benchmarks.amqp.spring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.boot.client.GestaltOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/** Publishes by Gestalt's template; the window is the endpoint's. */
final class GestaltPublisher implements Publisher {

	private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

	private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

	private final ConfigurableApplicationContext context;

	private final GestaltOperations gestalt;

	private final AmqpPublisher endpoint;

	private final boolean confirms;

	private volatile @Nullable Throwable failure;

	GestaltPublisher(Place place, ConfigurableApplicationContext context) {
		this.context = context;
		this.gestalt = context.getBean(GestaltOperations.class);
		this.endpoint = context.getBean(GestaltContender.ENDPOINT, AmqpPublisher.class);
		this.confirms = place.workload().confirms();
	}

	@Override
	public void publish(Object payload) {
		if (!this.confirms) {
			this.gestalt.send(GestaltContender.ENDPOINT, payload);
			return;
		}
		this.gestalt.sendAsync(GestaltContender.ENDPOINT, payload).whenComplete((sent, cause) -> {
			if (cause != null) {
				this.failure = cause;
			}
		});
	}

	@Override
	public void await() {
		long start = System.nanoTime();
		while (this.confirms && this.endpoint.unconfirmed() > 0) {
			if (System.nanoTime() - start > LIMIT) {
				throw new IllegalStateException("RabbitMQ confirms nothing any more");
			}
			LockSupport.parkNanos(PAUSE);
		}
		if (this.failure != null) {
			throw new IllegalStateException("A message was not published", this.failure);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
