package io.gestalt.boot.actuate;

import java.util.Arrays;
import java.util.List;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class SecuredGestaltEndpointTests {

	private static final String[] SERVER = { "gestalt.tcp.server.orders.port=0",
			"gestalt.tcp.server.orders.address=127.0.0.1", "spring.security.user.name=ops",
			"spring.security.user.password=secret", "spring.security.user.roles=OPERATOR",
			"management.endpoint.gestalt.show-values=when-authorized" };

	@Test
	void refusesWhomItDoesNotKnow() {
		try (OperatedApplication application = OperatedApplication.secured(SERVER)) {
			assertThat(application.get("/gestalt").statusCode()).isEqualTo(401);
			assertThat(application.get("/gestalt/orders").statusCode()).isEqualTo(401);
			assertThat(application.get("/gestalt?format=mermaid").statusCode()).isEqualTo(401);
			assertThat(application.post("orders", "{'operation': 'stop'}").statusCode()).isIn(401, 403);
			application.as("ops", "wrong");
			assertThat(application.get("/gestalt").statusCode()).isEqualTo(401);
			assertThat(application.bean("orders", Endpoint.class).running()).isTrue();
		}
	}

	@Test
	void showsValuesToWhomItKnows() throws Exception {
		try (OperatedApplication application = OperatedApplication.secured(SERVER).as("ops", "secret");
				TestEndpoints remote = new TestEndpoints()) {
			TcpServerEndpoint server = application.bean("orders", TcpServerEndpoint.class);
			remote.openClient(server);
			await().until(() -> server.peers().size() == 1);
			assertThat(application.read("/orders").<List<String>>read("$.where"))
				.containsExactly("127.0.0.1:" + server.port());
			assertThat(application.read("/orders").<String>read("$.peers.shown[0].address")).startsWith("127.0.0.1:");
		}
	}

	@Test
	void hidesThemFromThoseWithoutTheRole() {
		String[] properties = Arrays.copyOf(SERVER, SERVER.length + 1);
		properties[SERVER.length] = "management.endpoint.gestalt.roles=ADMIN";
		try (OperatedApplication application = OperatedApplication.secured(properties).as("ops", "secret")) {
			assertThat(application.read("/orders").<List<String>>read("$.where")).containsExactly("******");
		}
	}

}
