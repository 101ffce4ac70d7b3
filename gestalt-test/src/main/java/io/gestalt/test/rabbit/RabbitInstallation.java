package io.gestalt.test.rabbit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The RabbitMQ of this machine.
 *
 * @param scripts the directory of its scripts; those on the path change user
 */
record RabbitInstallation(Path scripts) {

	private static final List<Path> PLACES = List.of(Path.of("/usr/lib/rabbitmq/lib"),
			Path.of("/usr/local/lib/rabbitmq/lib"), Path.of("/opt/rabbitmq"));

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	private static final String SERVER = "rabbitmq-server";

	static Optional<RabbitInstallation> find() {
		return find(PLACES);
	}

	/** The newest of the first place that has any. */
	static Optional<RabbitInstallation> find(List<Path> places) {
		return places.stream()
			.filter(Files::isDirectory)
			.flatMap(RabbitInstallation::versions)
			.map(RabbitInstallation::new)
			.findFirst();
	}

	private static Stream<Path> versions(Path place) {
		try (Stream<Path> versions = Files.list(place)) {
			return versions.sorted(Comparator.comparing(RabbitInstallation::version, Arrays::compare).reversed())
				.map((version) -> version.resolve("sbin"))
				.filter((scripts) -> Files.isExecutable(scripts.resolve(SERVER)))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			return Stream.empty();
		}
	}

	/** The numbers in a name such as {@code rabbitmq_server-3.10.8}. */
	private static int[] version(Path directory) {
		return NUMBER.matcher(directory.getFileName().toString())
			.results()
			.mapToInt((number) -> Integer.parseInt(number.group()))
			.toArray();
	}

	String server() {
		return this.scripts.resolve(SERVER).toString();
	}

	String control() {
		return this.scripts.resolve("rabbitmqctl").toString();
	}

}
