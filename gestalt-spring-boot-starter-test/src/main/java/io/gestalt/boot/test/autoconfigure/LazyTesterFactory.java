package io.gestalt.boot.test.autoconfigure;

import java.util.function.Supplier;

import io.gestalt.amqp.AmqpEndpoint;
import io.gestalt.boot.test.JournalTester;
import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** Makes what makes peers of AMQP endpoints when there is one. */
final class LazyTesterFactory implements TesterFactory {

	private final Supplier<TesterFactory> factories;

	private @Nullable TesterFactory factory;

	LazyTesterFactory(Supplier<TesterFactory> factories) {
		this.factories = factories;
	}

	@Override
	public synchronized @Nullable JournalTester create(Endpoint endpoint) {
		if (!(endpoint instanceof AmqpEndpoint)) {
			return null;
		}
		if (this.factory == null) {
			this.factory = this.factories.get();
		}
		return this.factory.create(endpoint);
	}

}
