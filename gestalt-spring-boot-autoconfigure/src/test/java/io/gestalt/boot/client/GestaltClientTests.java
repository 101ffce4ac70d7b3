package io.gestalt.boot.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.boot.client.GestaltClientTests.Clients.OrdersClient;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Message;
import io.gestalt.message.SendException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.support.TestPropertySourceUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class GestaltClientTests {

	private final TestEndpoints endpoints = new TestEndpoints();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private TcpServerEndpoint server;

	@AfterEach
	void close() throws Exception {
		this.endpoints.close();
	}

	@Test
	void aMethodIsARequest() {
		OrdersClient client = client(Duration.ofSeconds(10));
		assertThat(client.place(new Order("a", 1))).isEqualTo(new Receipt("a", 1));
		assertThat(client.message(Message.of(new Order("b", 2)))).isEqualTo(new Receipt("b", 2));
		assertThat(client.together(new Order("a", 3))).containsExactly(new Receipt("a", 3));
		assertThat(client.optional(new Order("a", 4))).contains(new Receipt("a", 4));
		assertThat(client.ask(new Order("generic", 5))).isEqualTo(new Receipt("generic", 5));
	}

	@Test
	void anEmptyReplyIsAnEmptyOptional() {
		OrdersClient client = client(Duration.ofSeconds(10));
		assertThat(client.optional(null)).isEmpty();
		assertThat(client.place(null)).isNull();
		assertThat(client.empty()).isNull();
		assertThatExceptionOfType(EndpointException.class).isThrownBy(client::number)
			.withMessage("Endpoint 'orders' got an empty reply, "
					+ "but 'GestaltClientTests.Clients.OrdersClient.number' returns a int");
	}

	@Test
	void aMethodWithoutResultSends() throws Exception {
		OrdersClient client = client(Duration.ofSeconds(10));
		client.send(new Order("send", 1));
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("send");
		client.sendLater(new Order("future", 1)).get(10, TimeUnit.SECONDS);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("future");
		Mono<Void> lazy = client.sendLazily(new Order("mono", 1));
		assertThat(this.received).isEmpty();
		lazy.block(Duration.ofSeconds(10));
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("mono");
	}

	@Test
	void futuresAndMonosReplyLater() throws Exception {
		OrdersClient client = client(Duration.ofSeconds(10));
		assertThat(client.later(new Order("a", 1)).get(10, TimeUnit.SECONDS)).isEqualTo(new Receipt("a", 1));
		Mono<Receipt> lazy = client.lazily(new Order("b", 1));
		assertThat(this.received.poll()).isEqualTo("a");
		assertThat(this.received.poll()).isNull();
		assertThat(lazy.block(Duration.ofSeconds(10))).isEqualTo(new Receipt("b", 1));
		assertThat(lazy.block(Duration.ofSeconds(10))).isEqualTo(new Receipt("b", 1));
		assertThat(this.received).containsExactly("b", "b");
	}

	@Test
	void aTimeoutNamesEndpointAndTime() {
		OrdersClient client = client(Duration.ofMillis(200));
		assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> client.place(new Order("never", 1)))
			.withMessageContaining("Endpoint 'orders' got no reply within")
			.satisfies((ex) -> assertThat(ex.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(150)));
		assertThat(client.place(new Order("a", 1))).isEqualTo(new Receipt("a", 1));
	}

	@Test
	void aMessageThatWasNotDeliveredInTimeIsNotSentLater() throws Exception {
		OrdersClient client = client(Duration.ofMillis(300));
		int port = this.server.port();
		await().until(() -> this.server.peers().size() + this.endpoints.get("orders").peers().size() == 2);
		this.server.stop(Duration.ZERO);
		await().until(() -> this.endpoints.get("orders").peers().isEmpty());
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> client.send(new Order("first", 1)))
			.withMessage("Endpoint 'orders' did not write the message within the send timeout of PT0.3S");
		CompletableFuture<Void> second = client.sendLater(new Order("second", 1));
		this.endpoints.openServer(listener(), port);
		second.get(10, TimeUnit.SECONDS);
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("second");
	}

	@Test
	void aServerThatClosesFailsTheRequest() {
		OrdersClient client = client(Duration.ofSeconds(10));
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> client.place(new Order("close", 1)));
	}

	@Test
	void waitingIsRefusedOnThreadsThatMustNotBlock() {
		OrdersClient client = client(Duration.ofSeconds(10));
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Mono.fromRunnable(() -> client.place(new Order("a", 1)))
			.subscribeOn(Schedulers.parallel())
			.doOnError(failure::set)
			.onErrorComplete()
			.block(Duration.ofSeconds(10));
		assertThat(failure.get()).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("Endpoint 'orders' was asked to wait on thread 'parallel-");
	}

	@Test
	void anInterruptEndsTheWait() throws Exception {
		OrdersClient client = client(Duration.ofSeconds(20));
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				client.place(new Order("never", 1));
			}
			catch (RuntimeException ex) {
				interrupted.complete(Thread.currentThread().isInterrupted());
				failure.complete(ex);
			}
		});
		caller.start();
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("never");
		caller.interrupt();
		assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(EndpointException.class)
			.hasMessage("Endpoint 'orders' was interrupted while its caller waited");
		assertThat(interrupted.get()).isTrue();
	}

	@Test
	void isAnOrdinaryObject() {
		OrdersClient client = client(Duration.ofSeconds(10));
		assertThat(java.util.Set.of(client)).contains(client);
		assertThat(client).isNotEqualTo("orders");
		assertThat(client).hasToString("GestaltClientTests.Clients.OrdersClient of endpoint 'orders'");
		assertThat(client.twice(new Order("a", 1))).isEqualTo(2);
	}

	@Test
	void templateSendsAndAsks() throws Exception {
		client(Duration.ofMillis(500));
		GestaltOperations template = new GestaltTemplate(this.endpoints);
		assertThat(template.request("orders", new Order("a", 1), Receipt.class)).isEqualTo(new Receipt("a", 1));
		assertThat(template.request("orders", new Order("list", 1),
				new org.springframework.core.ParameterizedTypeReference<List<Receipt>>() {
				}))
			.containsExactly(new Receipt("list", 1));
		assertThat(template.requestAsync("orders", new Order("a", 2), Receipt.class).get(10, TimeUnit.SECONDS))
			.isEqualTo(new Receipt("a", 2));
		this.received.clear();
		template.send("orders", new Order("send", 1));
		template.sendAsync("orders", new Order("later", 1)).get(10, TimeUnit.SECONDS);
		template.sendTo("orders", this.endpoints.get("orders").whenConnected().get(10, TimeUnit.SECONDS),
				new Order("peer", 1));
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("send");
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("later");
		assertThat(this.received.poll(10, TimeUnit.SECONDS)).isEqualTo("peer");
		assertThatExceptionOfType(RequestTimeoutException.class)
			.isThrownBy(() -> template.request("orders", new Order("never", 1), Receipt.class));
	}

	@Test
	void unknownEndpointsStopTheStart() {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> scan(Clients.class))
			.havingRootCause()
			.withMessage("Endpoint 'orders' is not known");
	}

	@Test
	void methodsThatCannotBeMessagesAreNamed() {
		assertThatExceptionOfType(ClientDeclarationException.class)
			.isThrownBy(() -> ClientMethod.of(TwoParameters.class.getMethod("ask", String.class, String.class),
					TwoParameters.class))
			.withMessage(
					"Client method 'GestaltClientTests.TwoParameters.ask' has 2 parameters, one can be the payload");
		for (String name : List.of("many", "nested", "raw")) {
			assertThatExceptionOfType(ClientDeclarationException.class)
				.isThrownBy(() -> ClientMethod.of(TwoParameters.class.getMethod(name), TwoParameters.class))
				.withMessageStartingWith(
						"Client method 'GestaltClientTests.TwoParameters.%s' returns '".formatted(name));
		}
		assertThat(new ClientDeclarationFailureAnalyzer().analyze(new ClientDeclarationException("A.b", "Text")))
			.satisfies((analysis) -> assertThat(analysis.getAction()).startsWith("Let 'A.b' take one payload"));
	}

	@Test
	void needsPackagesToScan() {
		assertThatIllegalStateException().isThrownBy(() -> {
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Scan.class)) {
				assertThat(context.getBeanNamesForType(GestaltClientFactory.class)).isEmpty();
				AutoConfigurationPackages.get(context);
			}
		});
	}

	private OrdersClient client(Duration timeout) {
		this.server = this.endpoints.openServer(listener());
		this.endpoints.client("orders", this.server, timeout);
		return scan(Clients.class).getBean(OrdersClient.class);
	}

	private Listener listener() {
		return Listener.of(Order.class, (order, context) -> {
			if (order == null) {
				return Message.of(null);
			}
			this.received.add(order.id());
			return switch (order.id()) {
				case "never" -> new CompletableFuture<>();
				case "close" -> {
					context.peer().close();
					yield null;
				}
				case "send", "future", "mono", "later", "peer" -> null;
				default -> (order.quantity() == 3 || order.id().equals("list"))
						? List.of(new Receipt(order.id(), order.quantity()))
						: new Receipt(order.id(), order.quantity());
			};
		});
	}

	private AnnotationConfigApplicationContext scan(Class<?> marker) {
		return this.endpoints.refresh((context) -> {
			TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "orders.endpoint=orders");
			AutoConfigurationPackages.register(context, marker.getPackageName());
		}, Scan.class);
	}

	@Import(GestaltClientScan.class)
	static class Scan {

	}

	record Order(String id, int quantity) {
	}

	record Receipt(String id, int quantity) {
	}

	interface Asking<Q, R> {

		R ask(Q question);

	}

	interface TwoParameters {

		String ask(String one, String two);

		reactor.core.publisher.Flux<String> many();

		CompletableFuture<Message<String>> nested();

		@SuppressWarnings("rawtypes")
		Mono raw();

	}

	static class Clients {

		@GestaltClient("${orders.endpoint}")
		interface OrdersClient extends Asking<Order, Receipt> {

			Receipt place(Order order);

			Receipt message(Message<Order> order);

			List<Receipt> together(Order order);

			Optional<Receipt> optional(Order order);

			Receipt empty();

			int number();

			void send(Order order);

			CompletableFuture<Void> sendLater(Order order);

			Mono<Void> sendLazily(Order order);

			CompletableFuture<Receipt> later(Order order);

			Mono<Receipt> lazily(Order order);

			default int twice(Order order) {
				return place(order).quantity() * 2;
			}

		}

	}

}
