package io.gestalt.boot.rpc;

import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.client.ClientAutoConfiguration;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.client.GestaltOperations;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.TcpServerEndpoint;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** One handler class and one client interface, moved by properties alone. */
@ExtendWith(RabbitExtension.class)
@Timeout(180)
class SameHandlerTests {

	private final String service = "orders-" + UUID.randomUUID();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				RabbitAutoConfiguration.class, CodecAutoConfiguration.class, EndpointAutoConfiguration.class,
				LifecycleAutoConfiguration.class, ListenerAutoConfiguration.class, ClientAutoConfiguration.class,
				TcpAutoConfiguration.class, AmqpAutoConfiguration.class));

	@ParameterizedTest
	@EnumSource
	void placesOrdersOverEachTransport(Transport transport, RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties())
			.withPropertyValues(serverProperties(transport))
			.withUserConfiguration(ServerConfiguration.class)
			.run((server) -> {
				assertThat(server).hasNotFailed();
				this.runner.withPropertyValues(broker.properties())
					.withPropertyValues(clientProperties(transport, server))
					.withUserConfiguration(ClientConfiguration.class)
					.run((client) -> {
						assertThat(client).hasNotFailed();
						assertTalks(server.getBean(Orders.class), client);
					});
			});
	}

	private void assertTalks(Orders orders, ApplicationContext client) throws Exception {
		OrdersClient proxy = client.getBean(OrdersClient.class);
		assertThat(proxy.place(new Order("a", 1))).isEqualTo(new Receipt("a", 1));
		assertThat(proxy.later(new Order("b", 2)).get(30, TimeUnit.SECONDS)).isEqualTo(new Receipt("b", 2));
		assertThat(proxy.lazily(new Order("c", 3)).block()).isEqualTo(new Receipt("c", 3));
		GestaltOperations operations = client.getBean(GestaltOperations.class);
		assertThat(operations.request("orders", new Order("d", 4), Receipt.class)).isEqualTo(new Receipt("d", 4));
		Endpoint endpoint = client.getBean("orders", Endpoint.class);
		assertThat(endpoint.request(new Order("e", 5), Receipt.class).get(30, TimeUnit.SECONDS))
			.isEqualTo(new Receipt("e", 5));
		orders.seen.clear();
		proxy.announce(new Order("f", 6));
		assertThat(orders.seen.poll(30, TimeUnit.SECONDS)).isEqualTo(new Order("f", 6));
	}

	private String[] serverProperties(Transport transport) {
		return switch (transport) {
			case TCP -> new String[] { "gestalt.tcp.server.orders.port=0" };
			case AMQP -> new String[] { "gestalt.amqp.responder.orders.service=" + this.service };
			case AMQP_COMPRESSED -> Stream
				.concat(Stream.of(serverProperties(Transport.AMQP)), Stream
					.of("gestalt.defaults.codec.compression=gzip", "gestalt.defaults.codec.compression-threshold=0B"))
				.toArray(String[]::new);
		};
	}

	private String[] clientProperties(Transport transport, ApplicationContext server) {
		return switch (transport) {
			case TCP -> new String[] {
					"gestalt.tcp.client.orders.target=localhost:" + server.getBean(TcpServerEndpoint.class).port() };
			case AMQP, AMQP_COMPRESSED -> new String[] { "gestalt.amqp.requester.orders.service=" + this.service };
		};
	}

	enum Transport {

		TCP, AMQP, AMQP_COMPRESSED

	}

	record Order(String id, int quantity) {
	}

	record Receipt(String id, int quantity) {
	}

	@GestaltClient("orders")
	interface OrdersClient {

		Receipt place(Order order);

		CompletableFuture<Receipt> later(Order order);

		Mono<Receipt> lazily(Order order);

		void announce(Order order);

	}

	static class Orders {

		private final BlockingQueue<Order> seen = new LinkedBlockingQueue<>();

		@GestaltListener("orders")
		Receipt place(Order order) {
			this.seen.add(order);
			return new Receipt(order.id(), order.quantity());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Orders.class)
	static class ServerConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = SameHandlerTests.class)
	static class ClientConfiguration {

	}

}
