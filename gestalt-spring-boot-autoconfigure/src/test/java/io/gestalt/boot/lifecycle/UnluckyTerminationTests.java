package io.gestalt.boot.lifecycle;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.gestalt.test.process.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends applications at bad moments. */
@Timeout(180)
class UnluckyTerminationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration GRACE = Duration.ofSeconds(3);

	/** The end of a JVM on a machine that does other things too. */
	private static final Duration END = Duration.ofSeconds(4);

	private static JavaProcess start(Class<?> application, String... properties) {
		return JavaProcess.start(application, List.of("-Xmx128m"),
				Stream
					.concat(Stream.of("gestalt.shutdown.grace-period=" + GRACE.toMillis() + "ms",
							"gestalt.amqp.embedded.enabled=false"), Stream.of(properties))
					.map((property) -> "--" + property)
					.toList());
	}

	private static void assertThatItEndsWithin(Duration limit, JavaProcess application) throws Exception {
		long begin = System.nanoTime();
		application.terminate();
		assertThat(application.awaitExit(PATIENCE)).as(application.output()).isEqualTo(JavaProcess.TERMINATED);
		Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
		System.out.println("Ended after " + elapsed.toMillis() + " ms");
		assertThat(elapsed).as(application.output()).isLessThan(limit);
	}

	@Test
	void moreSignalsChangeNothing(@TempDir Path directory) throws Exception {
		try (JavaProcess application = start(WorkingApplication.class, "file=" + directory.resolve("handled"),
				"stuck=true", "gestalt.tcp.server.work.port=0", "gestalt.tcp.server.work.framing.type=line",
				"gestalt.tcp.server.work.codec.serializer=text")) {
			String port = application.awaitOutput("Endpoint 'work' listens on \\S+:(\\d+):", PATIENCE).group(1);
			application.awaitOutput("Started WorkingApplication", PATIENCE);
			try (Socket socket = new Socket("localhost", Integer.parseInt(port))) {
				socket.getOutputStream().write("1\n".getBytes(StandardCharsets.US_ASCII));
				application.awaitOutput("stuck with ", PATIENCE);
				application.terminate();
				application.terminate();
				assertThatItEndsWithin(GRACE.plus(END), application);
			}
			assertThat(application.output()).containsOnlyOnce("1 endpoints stopped within")
				.containsPattern("Endpoint 'work' stopped within \\d{4} ms: 0 handled, 1 abandoned, 0 dropped");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aClientThatConnectsAgainAndAgainDoesNotDelayTheEnd(boolean silent) throws Exception {
		try (ServerSocket peer = silent(silent);
				JavaProcess application = start(UnluckyApplication.class,
						"gestalt.tcp.client.rates.target=127.0.0.1:" + (silent ? peer.getLocalPort() : 1),
						"gestalt.defaults.reconnect.max-interval=200ms")) {
			application.awaitOutput("Started UnluckyApplication", PATIENCE);
			assertThatItEndsWithin(END, application);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aBrokerThatIsNotThereDoesNotDelayTheEnd(boolean silent) throws Exception {
		try (ServerSocket broker = silent(silent);
				JavaProcess application = startWithBroker(silent ? broker.getLocalPort() : 1)) {
			application.awaitOutput("Started UnluckyApplication", PATIENCE);
			assertThatItEndsWithin(END, application);
		}
	}

	/** Endpoints wait for the first attempt to connect when they start. */
	@Test
	void anApplicationThatStillStartsEndsToo() throws Exception {
		try (ServerSocket broker = silent(true); JavaProcess application = startWithBroker(broker.getLocalPort())) {
			application.awaitOutput("Attempting to connect", PATIENCE);
			assertThatItEndsWithin(END, application);
		}
	}

	private static JavaProcess startWithBroker(int port) {
		return start(UnluckyApplication.class, "spring.rabbitmq.host=127.0.0.1", "spring.rabbitmq.port=" + port,
				"gestalt.amqp.publisher.prices.exchange=market", "gestalt.amqp.requester.quotes.service=quotes",
				"gestalt.amqp.subscriber.ticks.exchange=market", "gestalt.defaults.reconnect.max-interval=200ms");
	}

	/** Takes connections, or as many as its backlog holds, and says nothing. */
	private static ServerSocket silent(boolean listens) throws Exception {
		ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		if (!listens) {
			socket.close();
		}
		return socket;
	}

	@ParameterizedTest
	@ValueSource(strings = { "runner", "lifecycle" })
	void aStartThatFailsMidwayLeavesNothingThatKeepsTheJvmAlive(String what) throws Exception {
		try (JavaProcess application = start(UnluckyApplication.class, "fails=" + what,
				"gestalt.tcp.server.work.port=0", "gestalt.tcp.client.rates.target=127.0.0.1:1")) {
			assertThat(application.awaitExit(PATIENCE)).as(application.output()).isOne();
			assertThat(application.output()).contains("Endpoint 'work' listens on", "Failed on purpose",
					"Endpoint 'work' stopped within");
		}
	}

}
