package io.gestalt.boot.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

import io.gestalt.test.process.JavaProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Sends SIGTERM to an application under load. */
@Timeout(180)
class TerminationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration GRACE = Duration.ofSeconds(3);

	private static final Duration LIMIT = GRACE.plusSeconds(5);

	private static final int CLIENTS = 8;

	private static final int WARM_UP = 500;

	private final List<NumberingClient> clients = new ArrayList<>();

	private Path file;

	@BeforeEach
	void createFile(@TempDir Path directory) throws Exception {
		this.file = Files.createFile(directory.resolve("handled"));
	}

	@Test
	void whatWasReceivedIsHandledOnceAndInOrder() throws Exception {
		try (JavaProcess application = start("--stuck=false")) {
			await().atMost(PATIENCE).until(() -> handled().size() > WARM_UP);
			application.terminate();
			assertThat(application.awaitExit(LIMIT)).isEqualTo(JavaProcess.TERMINATED);
			List<String> handled = handled();
			Matcher account = account(application);
			assertThat(account.group("received")).as(application.output())
				.isEqualTo(account.group("handled"))
				.isEqualTo(String.valueOf(handled.size()));
			assertThat(account.group("abandoned")).isEqualTo("0");
			assertThat(application.output())
				.containsPattern("Endpoint 'work' stopped within \\d+ ms: \\d+ handled, 0 abandoned, \\d+ dropped");
			closeClients();
			assertThatNumbersAreGapless(handled);
			assertThatRepliesBelongTo(new HashSet<>(handled));
		}
	}

	@Test
	void aHandlerThatIsStuckDelaysTheEndByTheGracePeriodOnly() throws Exception {
		try (JavaProcess application = start("--stuck=true")) {
			application.awaitOutput("stuck with ", PATIENCE);
			application.terminate();
			assertThat(application.awaitExit(LIMIT)).isEqualTo(JavaProcess.TERMINATED);
			Matcher account = account(application);
			assertThat(account.group("handled")).isEqualTo("0");
			assertThat(account.group("abandoned")).isEqualTo(account.group("received")).isNotEqualTo("0");
			assertThat(application.output())
				.containsPattern("Endpoint 'work' stopped within \\d{4} ms: 0 handled, [1-9]\\d* abandoned, 0 dropped");
			closeClients();
		}
	}

	private JavaProcess start(String mode) throws Exception {
		JavaProcess application = JavaProcess.start(WorkingApplication.class, List.of("-Xmx128m"),
				List.of("--file=" + this.file, mode, "--gestalt.tcp.server.work.port=0",
						"--gestalt.tcp.server.work.framing.type=line",
						"--gestalt.tcp.server.work.codec.serializer=text",
						"--gestalt.tcp.server.work.queue.capacity=100",
						"--gestalt.shutdown.grace-period=" + GRACE.toSeconds() + "s"));
		Matcher line = application.awaitOutput("Endpoint 'work' listens on \\S+:(\\d+):", PATIENCE);
		application.awaitOutput("Started WorkingApplication", PATIENCE);
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.add(new NumberingClient("client-" + i, Integer.parseInt(line.group(1))));
		}
		return application;
	}

	private List<String> handled() throws Exception {
		return Files.readAllLines(this.file);
	}

	private static Matcher account(JavaProcess application) throws Exception {
		return application.awaitOutput(
				"received=(?<received>\\d+) handled=(?<handled>\\d+) abandoned=(?<abandoned>\\d+)", Duration.ZERO);
	}

	private void closeClients() throws Exception {
		for (NumberingClient client : this.clients) {
			client.close();
		}
	}

	private void assertThatNumbersAreGapless(List<String> handled) {
		for (NumberingClient client : this.clients) {
			List<String> own = handled.stream().filter((line) -> line.startsWith(client.name() + ":")).toList();
			assertThat(own).isNotEmpty()
				.isEqualTo(IntStream.rangeClosed(1, own.size())
					.mapToObj((number) -> client.name() + ":" + number)
					.toList());
		}
	}

	private void assertThatRepliesBelongTo(Set<String> handled) {
		for (NumberingClient client : this.clients) {
			assertThat(handled).containsAll(client.replies());
		}
	}

}
