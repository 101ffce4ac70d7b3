package io.gestalt.boot.actuate;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.boot.actuate.OperatedApplication.Order;
import io.gestalt.boot.actuate.OperatedApplication.Orders;
import io.gestalt.boot.actuate.OperatedApplication.Receipt;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith({ RabbitExtension.class, OutputCaptureExtension.class })
@Timeout(180)
class AmqpOperationsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final String exchange = "orders." + UUID.randomUUID();

	private OperatedApplication open(RabbitBroker broker, String... properties) {
		return OperatedApplication.open(Stream
			.of(broker.properties(),
					new String[] { "gestalt.amqp.publisher.sent.exchange=" + this.exchange,
							"management.endpoint.gestalt.show-values=always" },
					properties)
			.flatMap(Stream::of)
			.toArray(String[]::new));
	}

	private OperatedApplication subscribed(RabbitBroker broker, String... properties) {
		return open(broker, Stream
			.concat(Stream.of("gestalt.amqp.subscriber.orders.exchange=" + this.exchange,
					"gestalt.amqp.subscriber.orders.group=desk", "gestalt.amqp.subscriber.orders.routing-keys=#"),
					Stream.of(properties))
			.toArray(String[]::new));
	}

	private static void publish(OperatedApplication application, String id) throws Exception {
		application.bean("sent", Endpoint.class).sendAsync(new Order(id)).get(10, TimeUnit.SECONDS);
	}

	private static void awaitHandled(OperatedApplication application, String... ids) {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(application.bean(Orders.class).handled).containsExactly(ids));
	}

	@Test
	void aPausedSubscriberLeavesMessagesInItsQueue(RabbitBroker broker) throws Exception {
		try (OperatedApplication application = subscribed(broker)) {
			publish(application, "A1");
			awaitHandled(application, "A1");
			assertThat(application.post("orders", "{'operation': 'pause'}").body()).contains("\"state\":\"paused\"");
			assertThat(application.readiness()).isEqualTo(503);
			publish(application, "A2");
			await().during(Duration.ofMillis(500))
				.atMost(SOON)
				.until(() -> application.bean(Orders.class).handled.equals(List.of("A1")));
			application.post("orders", "{'operation': 'resume'}");
			awaitHandled(application, "A1", "A2");
			assertThat(application.state("orders")).isEqualTo("consuming");
			assertThat(application.readiness()).isEqualTo(200);
		}
	}

	@Test
	void stopsAndStartsASubscriber(RabbitBroker broker) throws Exception {
		try (OperatedApplication application = subscribed(broker)) {
			application.post("orders", "{'operation': 'stop'}");
			assertThat(application.state("orders")).isEqualTo("stopped");
			publish(application, "A1");
			assertThat(application.post("orders", "{'operation': 'start'}").body()).contains("\"state\":\"consuming\"");
			awaitHandled(application, "A1");
		}
	}

	@Test
	void changesTheNumberOfConsumersEvenOverAPause(RabbitBroker broker) throws Exception {
		try (OperatedApplication application = subscribed(broker)) {
			AmqpSubscriber subscriber = application.bean("orders", AmqpSubscriber.class);
			for (int wanted : new int[] { 4, 2, 3 }) {
				application.post("orders", "{'operation': 'concurrency', 'concurrency': %d}".formatted(wanted));
				await().atMost(SOON).until(() -> subscriber.consumers() == wanted);
				assertThat(application.read("/orders").read("$.queue.consumers", Integer.class)).isEqualTo(wanted);
			}
			application.post("orders", "{'operation': 'pause'}");
			assertThat(subscriber.consumers()).isZero();
			application.post("orders", "{'operation': 'resume'}");
			await().atMost(SOON).until(() -> subscriber.consumers() == 3);
			publish(application, "A1");
			awaitHandled(application, "A1");
			assertThat(application.post("orders", "{'operation': 'concurrency', 'concurrency': 0}").body())
				.contains("it can be paused");
		}
	}

	@Test
	void thereIsAnEndToTheNumberOfConsumers(RabbitBroker broker) throws Exception {
		try (OperatedApplication application = subscribed(broker)) {
			for (int wanted : new int[] { 1001, 2_000_000_000 }) {
				HttpResponse<String> response = application.post("orders",
						"{'operation': 'concurrency', 'concurrency': %d}".formatted(wanted));
				assertThat(response.statusCode()).isEqualTo(400);
				assertThat(response.body()).contains("cannot have %d consumers: 1000 are the most".formatted(wanted));
			}
			assertThat(application.bean("orders", AmqpSubscriber.class).consumers()).isEqualTo(1);
			publish(application, "A1");
			awaitHandled(application, "A1");
		}
	}

	@Test
	void whatIsForOneConsumerStaysSo(RabbitBroker broker) {
		try (OperatedApplication application = subscribed(broker, "gestalt.amqp.subscriber.orders.queue-type=stream")) {
			HttpResponse<String> response = application.post("orders",
					"{'operation': 'concurrency', 'concurrency': 2}");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("is for one consumer");
		}
	}

	@Test
	void whatOnlySendsCannotBePaused(RabbitBroker broker) {
		try (OperatedApplication application = subscribed(broker)) {
			HttpResponse<String> response = application.post("sent", "{'operation': 'pause'}");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("only sends", "Stop it");
		}
	}

	@Test
	void aPausedResponderLeavesRequestsToOthers(RabbitBroker broker) throws Exception {
		try (OperatedApplication application = open(broker, "gestalt.amqp.responder.orders.service=" + this.exchange,
				"gestalt.amqp.requester.asked.service=" + this.exchange)) {
			Endpoint requester = application.bean("asked", Endpoint.class);
			assertThat(requester.request(new Order("A1"), Receipt.class).get()).isEqualTo(new Receipt("A1"));
			application.post("orders", "{'operation': 'pause'}");
			var reply = requester.request(new Order("A2"), Receipt.class);
			await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> !reply.isDone());
			application.post("orders", "{'operation': 'resume'}");
			assertThat(reply.get()).isEqualTo(new Receipt("A2"));
		}
	}

	@Test
	void describesEndpointsAndShowsTheirWire(RabbitBroker broker, CapturedOutput output) throws Exception {
		try (OperatedApplication application = subscribed(broker,
				"management.endpoint.gestalt.wire-log.show-payloads=true")) {
			assertThat(output).contains("Endpoint 'orders' consumes queue '%s.desk' of exchange '%s': "
				.formatted(this.exchange, this.exchange) + "json, messages up to 16MB, 1 consumer, prefetch 250");
			assertThat(application.read("/orders").<String>read("$.kind")).isEqualTo("amqp-subscriber");
			application.post("orders", "{'operation': 'wire-log', 'duration': '30s'}");
			application.post("sent", "{'operation': 'wire-log', 'duration': '30s'}");
			publish(application, "A1");
			awaitHandled(application, "A1");
			assertThat(output).contains("Endpoint 'sent' -> broker (application/json), 11 bytes: {\"id\":\"A1\"}")
				.contains("Endpoint 'orders' <- broker (application/json), 11 bytes: {\"id\":\"A1\"}");
		}
	}

}
