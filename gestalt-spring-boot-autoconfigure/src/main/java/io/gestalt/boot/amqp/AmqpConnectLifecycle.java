package io.gestalt.boot.amqp;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.boot.lifecycle.EndpointLifecycle;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Ends attempts to connect when the last endpoint has stopped, before Spring's connection
 * factory stops, which would wait for them.
 */
final class AmqpConnectLifecycle implements SmartLifecycle {

	private final ConfigurableListableBeanFactory beans;

	private volatile boolean running;

	AmqpConnectLifecycle(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void start() {
		this.running = true;
		present(AmqpConnections::open);
	}

	@Override
	public void stop() {
		this.running = false;
		present(AmqpConnections::close);
	}

	/** Those that endpoints have needed. */
	private void present(Consumer<AmqpConnections> action) {
		Stream.of(this.beans.getBeanNamesForType(AmqpConnections.class, true, false))
			.filter(this.beans::containsSingleton)
			.map((name) -> this.beans.getBean(name, AmqpConnections.class))
			.forEach(action);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return EndpointLifecycle.CLIENT_PHASE - 1024;
	}

}
