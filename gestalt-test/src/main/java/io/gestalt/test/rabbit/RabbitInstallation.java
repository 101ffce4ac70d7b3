package io.gestalt.test.rabbit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The RabbitMQ of this machine.
 *
 * @param scripts the directory of its scripts; those on the path change user
 */
record RabbitInstallation(Path scripts) {

	private static final List<Path> PLACES = List.of(Path.of("/usr/lib/rabbitmq/lib"),
			Path.of("/usr/local/lib/rabbitmq/lib"), Path.of("/opt/rabbitmq"));

	private static final String SERVER = "rabbitmq-server";

	static Optional<RabbitInstallation> find() {
		return PLACES.stream()
			.filter(Files::isDirectory)
			.flatMap(RabbitInstallation::versions)
			.map(RabbitInstallation::new)
			.findFirst();
	}

	private static Stream<Path> versions(Path place) {
		try (Stream<Path> versions = Files.list(place)) {
			return versions.map((version) -> version.resolve("sbin"))
				.filter((scripts) -> Files.isExecutable(scripts.resolve(SERVER)))
				.sorted(Comparator.reverseOrder())
				.toList()
				.stream();
		}
		catch (IOException ex) {
			return Stream.empty();
		}
	}

	String server() {
		return this.scripts.resolve(SERVER).toString();
	}

	String control() {
		return this.scripts.resolve("rabbitmqctl").toString();
	}

}
