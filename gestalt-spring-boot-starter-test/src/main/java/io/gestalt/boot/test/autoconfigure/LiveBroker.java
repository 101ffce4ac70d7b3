package io.gestalt.boot.test.autoconfigure;

import java.util.List;

import io.gestalt.test.rabbit.RabbitBroker;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

/** The RabbitMQ of all tests of the JVM that run live, and that name no other. */
final class LiveBroker {

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

	private static RabbitBroker running() {
		return RabbitBroker.shared()
			.orElseThrow(() -> new IllegalStateException(
					"'gestalt.test.transport' is 'live', but there is neither Docker nor a rabbitmq-server on this "
							+ "machine; install one of them, define a bean of type RabbitConnectionDetails, or set it "
							+ "to 'memory'"));
	}

}
