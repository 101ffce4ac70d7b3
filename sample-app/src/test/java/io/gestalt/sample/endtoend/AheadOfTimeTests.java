package io.gestalt.sample.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.sample.SampleApplication;
import io.gestalt.test.process.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs what the build made ahead of time of the application, in a JVM of its own. */
@Timeout(120)
class AheadOfTimeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FreePorts ports = FreePorts.find();

	@Test
	void talksAndStops() throws Exception {
		List<String> arguments = new ArrayList<>(this.ports.arguments());
		arguments.add("--sample.simulator.interval=100ms");
		try (JavaProcess application = JavaProcess.start(SampleApplication.class,
				List.of("-Dspring.aot.enabled=true", "-Xmx256m"), arguments)) {
			application.awaitOutput("Starting AOT-processed SampleApplication", PATIENCE);
			application.awaitOutput("Started SampleApplication", PATIENCE);
			assertThatItTalks();
			application.awaitOutput("asked over AMQP\\? Whereabouts", PATIENCE);
			application.terminate();
			assertThat(application.awaitExit(PATIENCE)).isEqualTo(JavaProcess.TERMINATED);
			assertThat(application.output())
				.containsPattern("Endpoint 'sentences' stopped within \\d+ ms: \\d+ handled, 0 abandoned, 0 dropped")
				.containsPattern("Endpoint 'where-is' stopped within \\d+ ms")
				.containsPattern("Endpoint 'simulated-dispatcher' stopped within \\d+ ms")
				.doesNotContain(" ERROR ", "Exception");
			assertThat(application.output().lines().filter((line) -> line.contains(" WARN ")))
				.allMatch((line) -> line.contains("No RabbitMQ is configured") || line.contains("and keeps trying")
						|| line.contains("in plain text"));
		}
	}

	private void assertThatItTalks() throws Exception {
		try (RawPeer vehicle = new RawPeer(this.ports.sentences());
				RawPeer questions = new RawPeer(this.ports.whereIs())) {
			vehicle.send("hello\r\n");
			assertThat(vehicle.line()).startsWith("$PGFLT,ERR,FRAMING,");
			for (int truck = 1; truck <= 3; truck++) {
				String question = "{\"vehicle\":\"truck-%d\"}".formatted(truck);
				await().until(() -> questions.ask(question).contains("\"found\":true"));
			}
		}
	}

}
