package io.gestalt.boot.ssl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gestalt.boot.FailedStart;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.udp.UdpAutoConfiguration;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class AdmissionPropertiesTests {

	private static final String SERVER = "gestalt.tcp.server.orders.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, ListenerAutoConfiguration.class,
				LifecycleAutoConfiguration.class, TcpAutoConfiguration.class, UdpAutoConfiguration.class))
		.withBean(Orders.class);

	@Test
	void letsInWhoseCertificateARuleAllows(@TempDir Path directory) throws Exception {
		TestKeys keys = new TestKeys(directory);
		keys.create("server", "localhost", "localhost");
		keys.create("van", "fleet-7", "localhost");
		keys.create("stranger", "mallory", "localhost");
		keys.trust("server", "van", "stranger");
		this.runner.withPropertyValues(keys.bundle("server", "server"))
			.withPropertyValues(keys.bundle("van", "van"))
			.withPropertyValues(keys.bundle("stranger", "stranger"))
			.withPropertyValues(SERVER + "port=0", SERVER + "ssl.bundle=server", SERVER + "ssl.client-auth=need",
					SERVER + "security.allow=CN=fleet-*")
			.run((context) -> {
				TcpServerEndpoint server = context.getBean("orders", TcpServerEndpoint.class);
				assertThat(ask(keys, "van", server.port())).isEqualTo("got in");
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> ask(keys, "stranger", server.port()));
				Awaitility.await()
					.atMost(Duration.ofSeconds(10))
					.until(() -> server.counters().get(Counter.FORBIDDEN) >= 1);
			});
	}

	private String ask(TestKeys keys, String bundle, int port) throws Exception {
		String[] answer = new String[1];
		Exception[] failure = new Exception[1];
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					TcpAutoConfiguration.class))
			.withPropertyValues(keys.bundle(bundle, bundle))
			.withPropertyValues("gestalt.tcp.client.shop.target=localhost:" + port,
					"gestalt.tcp.client.shop.ssl.bundle=" + bundle, "gestalt.tcp.client.shop.request-timeout=3s")
			.run((context) -> {
				try {
					answer[0] = context.getBean("shop", TcpClientEndpoint.class)
						.request("in", String.class)
						.get(10, TimeUnit.SECONDS);
				}
				catch (ExecutionException ex) {
					failure[0] = ex;
				}
			});
		if (failure[0] != null) {
			throw failure[0];
		}
		return answer[0];
	}

	@Test
	void doesNotStartWithRulesThatNobodyCanFulfil(CapturedOutput output) {
		assertThat(FailedStart.output(output, FailedStart.application(), SERVER + "port=0",
				SERVER + "security.allow=CN=fleet-*"))
			.contains("gestalt.tcp.server.orders.security.allow", "clients need no certificate which could name them",
					"Set 'gestalt.tcp.server.orders.ssl.client-auth' to 'need'");
	}

	@Test
	void rulesThatAreEmptyLetNobodyInByAccident(CapturedOutput output) {
		assertThat(FailedStart.output(output, FailedStart.application(), SERVER + "port=0", SERVER + "security.allow="))
			.contains("gestalt.tcp.server.orders.security.allow", "no rule is left that could let anybody in",
					"or '*' for whoever comes");
	}

	@Test
	void aStarLetsEverybodyIn() {
		this.runner.withPropertyValues(SERVER + "port=0", SERVER + "security.allow=*")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void warnsOfPlaintextThatOthersCanReach(CapturedOutput output) {
		this.runner
			.withPropertyValues(SERVER + "port=0", "gestalt.udp.server.beacon.port=0",
					"gestalt.tcp.server.local.port=0", "gestalt.tcp.server.local.address=127.0.0.1")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("'gestalt.tcp.server.orders' says in plain text",
						"Set 'gestalt.tcp.server.orders.ssl.bundle'", "'gestalt.udp.server.beacon' says in plain text");
				assertThat(output).doesNotContain("'gestalt.tcp.server.local' says");
			});
	}

	@Test
	void doesNotStartWithPlaintextWhereThatIsForbidden(CapturedOutput output) {
		assertThat(FailedStart.output(output, FailedStart.application(), SERVER + "port=0",
				"gestalt.security.forbid-plaintext=true"))
			.contains("gestalt.tcp.server.orders.address", "'gestalt.security.forbid-plaintext' forbids",
					"Set 'gestalt.tcp.server.orders.address' to 127.0.0.1");
	}

	@Test
	void limitsReachTheServerAndAreRefusedWhereTheyHaveNoEffect(CapturedOutput output) {
		String[] limits = Stream
			.of("orders.port=0", "orders.limits.max-connections-per-address=3", "orders.limits.max-message-rate=7")
			.map((property) -> "gestalt.tcp.server." + property)
			.toArray(String[]::new);
		this.runner.withPropertyValues(limits).run((context) -> assertThat(context).hasNotFailed());
		assertThat(FailedStart.output(output, FailedStart.application(), "gestalt.tcp.client.shop.target=localhost:1",
				"gestalt.tcp.client.shop.limits.max-message-rate=7"))
			.contains("gestalt.tcp.client.shop.limits.max-message-rate", "a client reads what it has asked for");
	}

	/** Answers. */
	static class Orders {

		@GestaltListener("orders")
		String got(String order) {
			return "got " + order;
		}

	}

}
