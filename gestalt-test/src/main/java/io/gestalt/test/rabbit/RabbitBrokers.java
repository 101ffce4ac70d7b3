package io.gestalt.test.rabbit;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Finds out which kind of broker this machine can run. */
final class RabbitBrokers {

	private static final String CONTAINERS = "org.testcontainers.rabbitmq.RabbitMQContainer";

	private static @Nullable RabbitBroker shared;

	private RabbitBrokers() {
	}

	static synchronized Optional<RabbitBroker> shared() {
		if (shared == null) {
			shared = launch(List.of()).orElse(null);
			Runtime.getRuntime().addShutdownHook(new Thread(RabbitBrokers::closeShared, "rabbit-shared"));
		}
		return Optional.ofNullable(shared);
	}

	static synchronized void closeShared() {
		if (shared != null) {
			shared.close();
			shared = null;
		}
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
