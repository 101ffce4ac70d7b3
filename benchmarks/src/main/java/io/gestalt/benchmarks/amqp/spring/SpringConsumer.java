package io.gestalt.benchmarks.amqp.spring;

import java.util.Objects;

import io.gestalt.benchmarks.amqp.contender.Consumer;
import org.springframework.amqp.core.MessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;

import org.springframework.context.ConfigurableApplicationContext;

/** Starts and stops the container of a listener. */
final class SpringConsumer implements Consumer {

	private final ConfigurableApplicationContext context;

	private final MessageListenerContainer container;

	SpringConsumer(ConfigurableApplicationContext context) {
		this.context = context;
		this.container = Objects.requireNonNull(
				context.getBean(RabbitListenerEndpointRegistry.class).getListenerContainer(SpringListeners.ID));
	}

	@Override
	public void start() {
		this.container.start();
	}

	@Override
	public void stop() {
		this.container.stop();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
