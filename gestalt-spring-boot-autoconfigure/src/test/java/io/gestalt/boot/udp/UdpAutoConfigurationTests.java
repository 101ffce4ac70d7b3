package io.gestalt.boot.udp;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class UdpAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, UdpAutoConfiguration.class));

	@Test
	void aDatagramIsAMessageAsItIs() {
		this.runner.withUserConfiguration(ListenerConfiguration.class)
			.withPropertyValues("gestalt.udp.server.telemetry.port=0",
					"gestalt.udp.server.telemetry.codec.serializer=text")
			.run((context) -> {
				byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
				try (DatagramSocket socket = new DatagramSocket()) {
					socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(),
							context.getBean(UdpEndpoint.class).port()));
				}
				assertThat(context.getBean(Received.class).first.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			});
	}

	@Test
	void aClientSendsToItsTarget() {
		this.runner.withUserConfiguration(ListenerConfiguration.class)
			.withPropertyValues("gestalt.udp.server.telemetry.port=0", "gestalt.defaults.framing.type=message-type")
			.run((server) -> this.runner
				.withPropertyValues(
						"gestalt.udp.client.out.target=localhost:" + server.getBean(UdpEndpoint.class).port(),
						"gestalt.defaults.framing.type=message-type")
				.run((client) -> {
					client.getBean("out", Endpoint.class).send("hello");
					assertThat(server.getBean(Received.class).first.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
					assertThat(client.getBean(GestaltEndpoints.class).describe("out").role())
						.isEqualTo(EndpointRole.CLIENT);
				}));
	}

	@Test
	void defaultsMayBeMeantForOthers() {
		this.runner
			.withPropertyValues("gestalt.udp.server.telemetry.port=0", "gestalt.udp.client.out.target=localhost:9",
					"gestalt.defaults.limits.max-connections=5", "gestalt.defaults.codec.compression-threshold=2KB")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static class Received {

		private final CompletableFuture<String> first = new CompletableFuture<>();

	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerConfiguration {

		@Bean
		Received received() {
			return new Received();
		}

		@Bean
		SmartInitializingSingleton listener(GestaltEndpoints endpoints, Received received) {
			return () -> endpoints.get("telemetry").listen(Listener.of(String.class, (payload, context) -> {
				received.first.complete(payload);
				return null;
			}));
		}

	}

}
