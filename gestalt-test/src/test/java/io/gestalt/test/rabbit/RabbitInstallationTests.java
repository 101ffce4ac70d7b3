package io.gestalt.test.rabbit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RabbitInstallationTests {

	@TempDir
	private Path place;

	private Path install(String version) throws IOException {
		Path scripts = Files.createDirectories(this.place.resolve("rabbitmq_server-" + version).resolve("sbin"));
		Path server = Files.createFile(scripts.resolve("rabbitmq-server"));
		assertThat(server.toFile().setExecutable(true)).isTrue();
		return scripts;
	}

	@Test
	void isTheNewestOfAll() throws IOException {
		install("3.9.29");
		Path newest = install("3.10.8");
		install("3.10.7");
		Files.createDirectory(this.place.resolve("rabbitmq_server-4.0.0"));
		assertThat(RabbitInstallation.find(List.of(this.place.resolve("none"), this.place))).get()
			.extracting(RabbitInstallation::scripts)
			.isEqualTo(newest);
	}

	@Test
	void isNothingWhereNoneIs() {
		assertThat(RabbitInstallation.find(List.of(this.place))).isEmpty();
	}

}
