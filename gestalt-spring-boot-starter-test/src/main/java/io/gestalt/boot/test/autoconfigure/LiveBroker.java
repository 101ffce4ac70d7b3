package io.gestalt.boot.test.autoconfigure;

import java.util.List;
import java.util.Optional;

import io.gestalt.test.rabbit.RabbitBroker;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

/** The RabbitMQ of all tests of the JVM that run live, and that name no other. */
final class LiveBroker {

	private static @Nullable RabbitBroker broker;

	private LiveBroker() {
	}

	static RabbitConnectionDetails details() {
		RabbitBroker running = running();
		return new RabbitConnectionDetails() {

			@Override
			public String getUsername() {
				return running.username();
			}

			@Override
			public String getPassword() {
				return running.password();
			}

			@Override
			public List<Address> getAddresses() {
				return List.of(new Address(running.host(), running.port()));
			}

		};
	}

	private static synchronized RabbitBroker running() {
		if (broker == null) {
			Optional<RabbitBroker> launched = RabbitBroker.launch();
			RabbitBroker started = launched.orElseThrow(() -> new IllegalStateException(
					"'gestalt.test.transport' is 'live', but there is neither Docker nor a rabbitmq-server on this "
							+ "machine; install one of them, define a bean of type RabbitConnectionDetails, or set it "
							+ "to 'memory'"));
			Runtime.getRuntime().addShutdownHook(new Thread(started::close, "gestalt-test-broker"));
			broker = started;
		}
		return broker;
	}

}
