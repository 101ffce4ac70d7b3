package io.gestalt.boot.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class ReadinessTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final int OK = 200;

	private static final int UNAVAILABLE = 503;

	private static final String ADDRESS = "gestalt.tcp.server.orders.address=127.0.0.1";

	private static final String SERVER = "gestalt.tcp.server.orders.port=0";

	private static final String LONELY = "gestalt.tcp.client.rates.target=localhost:1";

	@Test
	void aServerIsReadyWhileItListens() {
		try (ProbedApplication application = new ProbedApplication(SERVER, ADDRESS)) {
			assertThat(application.probe("/readiness")).isEqualTo(OK);
			assertThat(application.status("orders")).isEqualTo("UP");
			Map<String, Object> details = application.details("orders");
			int port = application.bean("orders", TcpServerEndpoint.class).port();
			assertThat(details).containsEntry("state", "listening")
				.containsEntry("addresses", List.of("127.0.0.1:" + port))
				.containsEntry("peers", 0)
				.containsEntry("required", true)
				.hasSize(4);
		}
	}

	@Test
	void aClientIsReadyWhileItsServerIsThere() throws Exception {
		try (TestEndpoints servers = new TestEndpoints()) {
			TcpServerEndpoint first = servers.openServer(listener());
			int port = first.port();
			first.stop(Duration.ZERO);
			try (ProbedApplication application = new ProbedApplication(
					"gestalt.tcp.client.rates.target=127.0.0.1:" + port)) {
				awaitNotReady(application);
				TcpServerEndpoint second = servers.openServer(listener(), port);
				await().atMost(SOON).until(() -> application.probe("/readiness") == OK);
				assertThat(application.details("rates")).containsEntry("state", "connected")
					.containsEntry("description", "connects to 127.0.0.1:" + port)
					.containsEntry("peers", 1)
					.doesNotContainKey("error");
				second.stop(Duration.ZERO);
				awaitNotReady(application);
			}
		}
	}

	private static void awaitNotReady(ProbedApplication application) {
		await().atMost(SOON).untilAsserted(() -> {
			assertThat(application.probe("/readiness")).isEqualTo(UNAVAILABLE);
			assertThat(application.status("rates")).isEqualTo("DOWN");
			assertThat(application.status()).isEqualTo("DOWN");
			assertThat(application.details("rates")).containsEntry("state", "connecting").containsEntry("peers", 0);
			assertThat(application.details("rates").get("error").toString()).contains("Connection refused");
		});
		assertThat(application.probe("/liveness")).isEqualTo(OK);
	}

	private static Listener listener() {
		return Listener.of(String.class, (payload, context) -> null);
	}

	@Test
	void whatIsNotRequiredIsShownButDoesNotCount() {
		try (ProbedApplication application = new ProbedApplication(LONELY, SERVER,
				"gestalt.tcp.client.rates.required=false")) {
			assertThat(application.status("rates")).isEqualTo("DEGRADED");
			assertThat(application.details("rates")).containsEntry("state", "connecting");
			assertThat(application.status()).isEqualTo("UP");
			assertThat(application.probe("/readiness")).isEqualTo(OK);
			assertThat(application.probe("")).isEqualTo(OK);
		}
	}

	@Test
	void isReadyIfNothingIsRequired() {
		try (ProbedApplication application = new ProbedApplication(LONELY, "gestalt.defaults.required=false")) {
			assertThat(application.status()).isEqualTo("UNKNOWN");
			assertThat(application.probe("/readiness")).isEqualTo(OK);
			assertThat(application.probe("/gestalt")).isEqualTo(OK);
			assertThat(application.probe("")).isEqualTo(OK);
		}
	}

	@Test
	void whatTheApplicationStartsItselfDoesNotCountBefore() {
		try (ProbedApplication application = new ProbedApplication(LONELY,
				"gestalt.tcp.client.rates.auto-startup=false")) {
			assertThat(application.status("rates")).isEqualTo("UNKNOWN");
			assertThat(application.details("rates")).containsEntry("state", "stopped");
			assertThat(application.probe("/readiness")).isEqualTo(OK);
			application.bean("rates", Endpoint.class).start();
			assertThat(application.status("rates")).isEqualTo("DOWN");
			assertThat(application.probe("/readiness")).isEqualTo(UNAVAILABLE);
		}
	}

	@Test
	void whatWasStoppedIsOutOfService() {
		try (ProbedApplication application = new ProbedApplication(SERVER)) {
			application.bean("orders", Endpoint.class).stop(Duration.ZERO);
			assertThat(application.status("orders")).isEqualTo("OUT_OF_SERVICE");
			assertThat(application.probe("/readiness")).isEqualTo(UNAVAILABLE);
			assertThat(application.probe("/liveness")).isEqualTo(OK);
		}
	}

	@Test
	void countsOnThePortOfTheApplicationToo() {
		try (ProbedApplication application = new ProbedApplication(LONELY,
				"management.endpoint.health.probes.add-additional-paths=true")) {
			assertThat(application.probeApplication("/readyz")).isEqualTo(UNAVAILABLE);
			assertThat(application.probeApplication("/livez")).isEqualTo(OK);
		}
	}

	@Test
	void leavesAGroupAloneThatTheApplicationDefines() {
		String include = "management.endpoint.health.group.readiness.include=readinessState";
		try (ProbedApplication application = new ProbedApplication(LONELY, include)) {
			assertThat(application.probe("/readiness")).isEqualTo(OK);
		}
		try (ProbedApplication application = new ProbedApplication(LONELY, SERVER, include + ",gestalt/orders")) {
			assertThat(application.probe("/readiness")).isEqualTo(OK);
		}
		try (ProbedApplication application = new ProbedApplication(LONELY, include + ",gestalt")) {
			assertThat(application.probe("/readiness")).isEqualTo(UNAVAILABLE);
		}
	}

	@Test
	void addsNoGroupWhereThereAreNoProbes() {
		try (ProbedApplication application = new ProbedApplication(LONELY,
				"management.endpoint.health.probes.enabled=false")) {
			assertThat(application.probe("/readiness")).isEqualTo(404);
			assertThat(application.probe("")).isEqualTo(UNAVAILABLE);
		}
	}

	@Test
	void doesNotCountIfSwitchedOff() {
		try (ProbedApplication application = new ProbedApplication(LONELY, "management.health.gestalt.enabled=false")) {
			assertThat(application.probe("/readiness")).isEqualTo(OK);
			assertThat(application.probe("/gestalt")).isEqualTo(404);
			assertThat(application.probe("")).isEqualTo(OK);
		}
	}

	@Test
	void anApplicationWithoutEndpointsIsReady() {
		try (ProbedApplication application = new ProbedApplication()) {
			assertThat(application.probe("/readiness")).isEqualTo(OK);
			assertThat(application.probe("")).isEqualTo(OK);
		}
	}

}
