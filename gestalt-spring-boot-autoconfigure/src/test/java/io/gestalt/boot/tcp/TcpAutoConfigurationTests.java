package io.gestalt.boot.tcp;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TcpAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, TcpAutoConfiguration.class));

	@Test
	void startsNothingWithoutProperties() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(Endpoint.class);
			assertThat(context.getBean(GestaltEndpoints.class).all()).isEmpty();
		});
	}

	@Test
	void registersEachEndpointUnderItsName() {
		this.runner
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.client.rates.target=localhost:1",
					"gestalt.tcp.client.rates.auto-startup=false")
			.run((context) -> {
				assertThat(context.getBean("orders", TcpServerEndpoint.class).port()).isPositive();
				assertThat(context.getBean("rates", TcpClientEndpoint.class).running()).isFalse();
				assertThat(context.getBeanNamesForType(Endpoint.class)).containsExactlyInAnyOrder("orders", "rates");
			});
	}

	@Test
	void injectsAnEndpointByItsNameEvenIfAComponentHasTakenIt() {
		this.runner.withBean("orders", StringBuilder.class, StringBuilder::new)
			.withUserConfiguration(InjectedConfiguration.class)
			.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.other.port=0")
			.run((context) -> {
				assertThat(context.getBean(Injected.class).endpoint().name()).isEqualTo("orders");
				assertThat(context.getBean("ordersEndpoint")).isSameAs(context.getBean(Injected.class).endpoint());
			});
	}

	@Test
	void aListenerIsHeardBeforeTheEndpointOpens() {
		this.runner.withUserConfiguration(EchoConfiguration.class)
			.withPropertyValues("gestalt.tcp.server.echo.port=0")
			.run((context) -> {
				int port = context.getBean(TcpServerEndpoint.class).port();
				try (Socket socket = new Socket("localhost", port)) {
					OutputStream out = socket.getOutputStream();
					out.write(new byte[] { 0, 0, 0, 4 });
					out.write("\"hi\"".getBytes(StandardCharsets.US_ASCII));
					assertThat(socket.getInputStream().readNBytes(11))
						.isEqualTo("\0\0\0\7\"re hi\"".getBytes(StandardCharsets.US_ASCII));
				}
			});
	}

	@Test
	void oneServerAnswersAClientOfAnotherApplication() {
		this.runner.withUserConfiguration(EchoConfiguration.class)
			.withPropertyValues("gestalt.tcp.server.echo.port=0", "gestalt.defaults.framing.type=message-type")
			.run((server) -> this.runner
				.withPropertyValues(
						"gestalt.tcp.client.echo.target=localhost:" + server.getBean(TcpServerEndpoint.class).port(),
						"gestalt.defaults.framing.type=message-type")
				.run((client) -> {
					Endpoint endpoint = client.getBean("echo", Endpoint.class);
					assertThat(endpoint.request("hi", String.class).get(5, TimeUnit.SECONDS)).isEqualTo("re hi");
				}));
	}

	@Test
	void publishesEventsOfEndpoints() {
		this.runner.withUserConfiguration(EventsConfiguration.class)
			.withPropertyValues("gestalt.tcp.server.echo.port=0", "gestalt.tcp.client.self.target=localhost:1",
					"gestalt.tcp.client.self.auto-startup=false")
			.run((context) -> {
				List<EndpointEvent> events = context.getBean(Events.class).seen;
				assertThat(events).hasOnlyElementsOfType(EndpointEvent.Started.class).hasSize(1);
				context.getBean(TcpServerEndpoint.class).stop(java.time.Duration.ZERO);
				assertThat(events.get(1)).isInstanceOf(EndpointEvent.Stopped.class);
			});
	}

	@Test
	void customizersAreToldTheNameOfTheEndpoint() {
		List<String> seen = new CopyOnWriteArrayList<>();
		this.runner.withUserConfiguration(EchoConfiguration.class)
			.withBean(TcpServerCustomizer.class, () -> (endpoint, server) -> {
				seen.add("server " + endpoint);
				return server.bindAddress(() -> new InetSocketAddress("127.0.0.1", 0));
			})
			.withBean(TcpClientCustomizer.class, () -> (endpoint, client) -> {
				seen.add("client " + endpoint);
				return client;
			})
			.withBean(ConnectionPipelineCustomizer.class,
					() -> (endpoint, pipeline) -> seen.add("pipeline " + endpoint))
			.withPropertyValues("gestalt.tcp.server.echo.port=0")
			.run((context) -> {
				TcpServerEndpoint server = context.getBean(TcpServerEndpoint.class);
				assertThat(server.addresses().get(0).toString()).contains("127.0.0.1");
				try (Socket peer = new Socket("127.0.0.1", server.port())) {
					assertThat(peer.isConnected()).isTrue();
					server.whenConnected().get(5, TimeUnit.SECONDS);
				}
				assertThat(seen).containsExactly("server echo", "pipeline echo");
			});
	}

	record Injected(Endpoint endpoint) {
	}

	@Configuration(proxyBeanMethods = false)
	static class InjectedConfiguration {

		@Bean
		Injected injected(@Qualifier("orders") Endpoint endpoint) {
			return new Injected(endpoint);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EchoConfiguration {

		@Bean
		SmartInitializingSingleton echo(GestaltEndpoints endpoints) {
			return () -> endpoints.get("echo")
				.listen(Listener.builder()
					.other(String.class, (payload, context) -> "re " + payload)
					.execution(Execution.WORKER)
					.build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EventsConfiguration {

		@Bean
		Events events() {
			return new Events();
		}

	}

	static class Events {

		private final List<EndpointEvent> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void on(EndpointEvent event) {
			this.seen.add(event);
		}

		@EventListener
		void fail(EndpointEvent.Started event) {
			throw new IllegalStateException("A listener that fails");
		}

	}

}
