package io.gestalt.test.rabbit;

import java.util.Optional;

/** Finds out which kind of broker this machine can run. */
final class RabbitBrokers {

	private static final String CONTAINERS = "org.testcontainers.rabbitmq.RabbitMQContainer";

	private RabbitBrokers() {
	}

	static Optional<RabbitBroker> launch() {
		if (isPresent(CONTAINERS) && ContainerRabbitBroker.isPossible()) {
			return Optional.of(new ContainerRabbitBroker());
		}
		return LocalRabbitBroker.find().map(LocalRabbitBroker::new);
	}

	private static boolean isPresent(String type) {
		try {
			Class.forName(type, false, RabbitBrokers.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

}
