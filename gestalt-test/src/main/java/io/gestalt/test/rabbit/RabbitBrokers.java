package io.gestalt.test.rabbit;

import java.util.List;
import java.util.Optional;

/** Finds out which kind of broker this machine can run. */
final class RabbitBrokers {

	private static final String CONTAINERS = "org.testcontainers.rabbitmq.RabbitMQContainer";

	private RabbitBrokers() {
	}

	static Optional<RabbitBroker> launch(List<String> plugins) {
		if (isPresent(CONTAINERS) && ContainerRabbitBroker.isPossible()) {
			return Optional.of(new ContainerRabbitBroker(plugins));
		}
		return RabbitInstallation.find()
			.map((installation) -> started(new LocalRabbitBroker(installation, new RabbitHome(), null, plugins)));
	}

	static Optional<RabbitBroker> launch(RabbitCertificate certificate) {
		return RabbitInstallation.find()
			.map((installation) -> started(
					new LocalRabbitBroker(installation, new RabbitHome(), null, List.of(), certificate)));
	}

	private static RabbitBroker started(LocalRabbitBroker broker) {
		try {
			broker.start();
			return broker;
		}
		catch (RuntimeException ex) {
			broker.close();
			throw ex;
		}
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
