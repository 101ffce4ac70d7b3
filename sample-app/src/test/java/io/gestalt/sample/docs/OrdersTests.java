package io.gestalt.sample.docs;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.client.GestaltClientFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of the pages. */
@Timeout(60)
class OrdersTests {

	@Test
	void anOrderIsAnsweredWithItsReceipt() throws Exception {
		int port = freePort();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class).run(
				"--spring.config.name=orders", "--gestalt.tcp.server.orders.port=" + port,
				"--gestalt.tcp.client.orders-client.target=localhost:" + port)) {
			Receipt receipt = context.getBean(OrdersClient.class).place(new Order("42", 1));
			assertThat(receipt).isEqualTo(new Receipt("42"));
		}
	}

	@Test
	void theSameOverRabbitMq(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("application.yml"), """
				gestalt.amqp.responder.orders: {}
				gestalt.amqp.requester.orders-client:
				  service: orders
				""");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class)
			.run("--spring.config.location=file:" + file)) {
			Receipt receipt = context.getBean(OrdersClient.class).place(new Order("42", 1));
			assertThat(receipt).isEqualTo(new Receipt("42"));
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	record Order(String id, int quantity) {
	}

	record Receipt(String id) {
	}

	@Component
	static class Orders {

		@GestaltListener("orders")
		Receipt place(Order order) {
			return new Receipt(order.id());
		}

	}

	@GestaltClient("orders-client")
	interface OrdersClient {

		Receipt place(Order order);

	}

	@EnableAutoConfiguration
	@Import(Orders.class)
	static class Shop {

		/** Scanning finds clients, but not within tests. */
		@Bean
		GestaltClientFactory<OrdersClient> ordersClient() {
			return new GestaltClientFactory<>(OrdersClient.class);
		}

	}

}
