package io.gestalt.boot.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.boot.annotation.EndpointLookup.ListenerOptions;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.TcpClientEndpoint;
import io.gestalt.endpoint.TcpServerEndpoint;
import io.gestalt.message.Counter;
import io.gestalt.message.Message;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageType;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class GestaltListenerTests {

	private final TestEndpoints endpoints = new TestEndpoints();

	@AfterEach
	void close() throws Exception {
		this.endpoints.close();
	}

	@Test
	void repliesWithTheResultOfAMethod() throws Exception {
		TcpServerEndpoint server = this.endpoints.server("orders");
		this.endpoints.refresh(Orders.class);
		assertThat(ask(server, new Order("a", 1), Receipt.class)).isEqualTo(new Receipt("a"));
	}

	@ParameterizedTest
	@CsvSource({ "payload", "payload-and-peer", "peer-and-payload", "context", "message", "spring-message", "optional",
			"nullable", "annotated", "many", "nothing-but-peer", "generic-base" })
	void givesAMethodWhatItAsksFor(String name) throws Exception {
		TcpServerEndpoint server = this.endpoints.server(name);
		for (String other : Parameters.NAMES) {
			if (!other.equals(name)) {
				this.endpoints.server(other);
			}
		}
		this.endpoints.refresh(Parameters.class, GenericParameters.class);
		assertThat(ask(server, new Order("a", 1), String.class)).isEqualTo("a");
	}

	@Test
	void resolvesGenericPayloads() throws Exception {
		TcpServerEndpoint server = this.endpoints.server("list");
		this.endpoints.refresh(ListListener.class);
		assertThat(ask(server, List.of(new Order("a", 1), new Order("b", 2)), Integer.class)).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "value", "future", "stage", "mono", "message" })
	void repliesWhenTheResultIsThere(String name) throws Exception {
		for (String other : Results.NAMES) {
			this.endpoints.server(other);
		}
		this.endpoints.refresh(Results.class);
		TcpServerEndpoint server = (TcpServerEndpoint) this.endpoints.get(name);
		assertThat(ask(server, "a", String.class)).isEqualTo("re a");
	}

	@Test
	void keepsTheOrderOfRepliesWhateverTheirDelay() throws Exception {
		TcpServerEndpoint server = this.endpoints.server("delayed");
		this.endpoints.options("delayed", new ListenerOptions(null, null, Ordering.NONE));
		this.endpoints.refresh(Delayed.class);
		TcpClientEndpoint client = this.endpoints.openClient(server);
		List<CompletableFuture<Integer>> replies = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			replies.add(client.request(i, Integer.class));
		}
		for (int i = 0; i < replies.size(); i++) {
			assertThat(replies.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i);
		}
	}

	@Test
	void sendsNothingBackWithoutAResult() throws Exception {
		TcpServerEndpoint server = this.endpoints.server("silent");
		AnnotationConfigApplicationContext context = this.endpoints.refresh(Silent.class);
		TcpClientEndpoint client = this.endpoints.openClient(server);
		client.send("a");
		assertThat(context.getBean(Silent.class).received.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
		client.send("fail");
		client.send("b");
		assertThat(context.getBean(Silent.class).received.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
		assertThat(server.counters().get(Counter.SENT)).isZero();
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isEqualTo(1);
		assertThat(client.counters().get(Counter.DISCONNECTED)).as("one without replies stays open").isZero();
	}

	@Test
	void manyElementsFailWhereTheDeclarationDoesNotTell() {
		TcpServerEndpoint server = this.endpoints.server("anything");
		this.endpoints.refresh(Anything.class);
		assertThat(this.endpoints.openClient(server).request("many", String.class))
			.failsWithin(java.time.Duration.ofSeconds(10));
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isEqualTo(1);
		assertThat(server.counters().get(Counter.SENT)).isZero();
		assertThat(this.endpoints.openClient(server).request("one", String.class))
			.succeedsWithin(java.time.Duration.ofSeconds(10))
			.isEqualTo("one");
	}

	@ParameterizedTest
	@CsvSource({ "forward-value", "forward-future", "forward-mono" })
	void sendsResultsToAnotherEndpoint(String name) throws Exception {
		BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
		TcpServerEndpoint target = this.endpoints
			.openServer(io.gestalt.dispatch.Listener.of(String.class, (payload, context) -> {
				arrived.add(payload);
				return null;
			}));
		for (String other : Forwards.NAMES) {
			this.endpoints.server(other);
		}
		this.endpoints.client("target", target, java.time.Duration.ofSeconds(5));
		this.endpoints.refresh(Forwards.class);
		TcpServerEndpoint server = (TcpServerEndpoint) this.endpoints.get(name);
		this.endpoints.openClient(server).send("a");
		assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo("to a");
		assertThat(server.counters().get(Counter.SENT)).isZero();
	}

	@Test
	void refusesAnEmptyPayloadThatIsNeeded() throws Exception {
		TcpServerEndpoint server = this.endpoints.server("orders");
		this.endpoints.refresh(Orders.class);
		assertThat(this.endpoints.openClient(server).request(null, Receipt.class))
			.failsWithin(java.time.Duration.ofSeconds(10))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(SendException.class);
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isEqualTo(1);
	}

	@Test
	void passesAnEmptyPayloadWhereItMayBeAbsent() throws Exception {
		TcpServerEndpoint nullable = this.endpoints.server("nullable-only");
		TcpServerEndpoint optional = this.endpoints.server("optional-only");
		this.endpoints.refresh(Absent.class);
		assertThat(ask(nullable, null, String.class)).isEqualTo("none");
		assertThat(ask(optional, null, String.class)).isEqualTo("none");
	}

	@Test
	void refusesAnInvalidPayload() throws Exception {
		TcpServerEndpoint server = this.endpoints.server("checked");
		this.endpoints.refresh((context) -> context.registerBean(Validator.class,
				() -> Validator.forInstanceOf(Order.class, (order, errors) -> {
					if (order.quantity() < 1) {
						errors.rejectValue("quantity", "positive", "must be positive");
					}
				})), Checked.class);
		assertThat(ask(server, new Order("a", 1), String.class)).isEqualTo("a");
		assertThat(this.endpoints.openClient(server).request(new Order("a", 0), String.class))
			.failsWithin(java.time.Duration.ofSeconds(10));
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isEqualTo(1);
	}

	@Test
	void dispatchesByMessageType() throws Exception {
		TcpServerEndpoint server = this.endpoints.typedServer("typed");
		this.endpoints.refresh(Typed.class);
		assertThat(ask(server, new Position(1), String.class)).isEqualTo("position 1");
		assertThat(ask(server, Message.of(9, "x"), String.class)).isEqualTo("nine x");
	}

	@Test
	void runsReactiveMethodsOnTheEventLoopAndOthersOnWorkers() throws Exception {
		TcpServerEndpoint reactive = this.endpoints.server("reactive");
		TcpServerEndpoint worker = this.endpoints.server("worker");
		TcpServerEndpoint explicit = this.endpoints.server("explicit");
		TcpServerEndpoint configured = this.endpoints.server("configured");
		this.endpoints.options("settings", new ListenerOptions(2, Execution.EVENT_LOOP, Ordering.PEER));
		this.endpoints.refresh(Threads.class);
		assertThat(ask(reactive, "", Boolean.class)).isTrue();
		assertThat(ask(worker, "", Boolean.class)).isFalse();
		assertThat(ask(explicit, "", Boolean.class)).isFalse();
		assertThat(ask(configured, "", Boolean.class)).as("properties win").isTrue();
	}

	@Test
	void resolvesPlaceholdersAndCreatesLazyBeans() throws Exception {
		TcpServerEndpoint server = this.endpoints.server("lazy");
		this.endpoints.refresh(
				(context) -> TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "endpoint.name=lazy"),
				LazyListener.class);
		assertThat(ask(server, "a", String.class)).isEqualTo("lazy a");
	}

	private <R> R ask(TcpServerEndpoint server, Object payload, Class<R> type) throws Exception {
		return this.endpoints.openClient(server).request(payload, type).get(10, TimeUnit.SECONDS);
	}

	record Order(String id, int quantity) {
	}

	record Receipt(String id) {
	}

	@MessageType(7)
	record Position(int x) {
	}

	static class Orders {

		@GestaltListener("orders")
		Receipt place(Order order) {
			return new Receipt(order.id());
		}

	}

	static class Parameters {

		static final List<String> NAMES = List.of("payload", "payload-and-peer", "peer-and-payload", "context",
				"message", "spring-message", "optional", "nullable", "annotated", "many", "nothing-but-peer",
				"generic-base");

		@GestaltListener("payload")
		@SuppressWarnings("UnusedMethod")
		private String payload(Order order) {
			return order.id();
		}

		@GestaltListener("payload-and-peer")
		String payloadAndPeer(Order order, Peer peer) {
			return (peer.id().length() == 10) ? order.id() : "";
		}

		@GestaltListener("peer-and-payload")
		String peerAndPayload(Peer peer, Order order) {
			return (peer.id().length() == 10) ? order.id() : "";
		}

		@GestaltListener("context")
		String context(Order order, MessageContext context) {
			return (context.type() == 0 && context.headers().isEmpty()) ? order.id() : "";
		}

		@GestaltListener("message")
		String message(Message<Order> message) {
			return message.payload().id();
		}

		@GestaltListener("spring-message")
		String springMessage(org.springframework.messaging.Message<Order> message) {
			return message.getPayload().id();
		}

		@GestaltListener("optional")
		String optional(Optional<Order> order) {
			return order.map(Order::id).orElse("");
		}

		@GestaltListener("nullable")
		String nullable(@Nullable Order order) {
			return (order != null) ? order.id() : "";
		}

		@GestaltListener("annotated")
		static String annotated(@Payload Order order) {
			return order.id();
		}

		@GestaltListener("many")
		String many(Peer peer, Order order, MessageContext context, Message<?> message) {
			return (context.peer() == peer && message.payload() == order) ? order.id() : "";
		}

		@GestaltListener("nothing-but-peer")
		String nothing(Peer peer) {
			return "a";
		}

	}

	abstract static class Base<T> {

		@GestaltListener("generic-base")
		String receive(T payload) {
			return id(payload);
		}

		abstract String id(T payload);

	}

	static class GenericParameters extends Base<Order> {

		@Override
		String id(Order payload) {
			return payload.id();
		}

	}

	static class ListListener {

		@GestaltListener("list")
		int sum(List<Order> orders) {
			return orders.stream().mapToInt(Order::quantity).sum();
		}

	}

	static class Results {

		static final List<String> NAMES = List.of("value", "future", "stage", "mono", "message");

		@GestaltListener("value")
		String value(String payload) {
			return "re " + payload;
		}

		@GestaltListener("future")
		CompletableFuture<String> future(String payload) {
			return CompletableFuture.supplyAsync(() -> "re " + payload);
		}

		@GestaltListener("stage")
		java.util.concurrent.CompletionStage<String> stage(String payload) {
			return CompletableFuture.completedStage("re " + payload);
		}

		@GestaltListener("mono")
		Mono<String> mono(String payload) {
			return Mono.delay(java.time.Duration.ofMillis(5)).map((tick) -> "re " + payload);
		}

		@GestaltListener("message")
		Message<String> message(String payload) {
			return Message.of("re " + payload);
		}

	}

	static class Delayed {

		@GestaltListener("delayed")
		Mono<Integer> echo(int number) {
			return Mono.just(number).delayElement(java.time.Duration.ofMillis(number % 5));
		}

	}

	static class Silent {

		final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		@GestaltListener("silent")
		void receive(String payload) {
			if (payload.equals("fail")) {
				throw new IllegalStateException("asked for");
			}
			this.received.add(payload);
		}

	}

	@SendTo("target")
	static class Forwards {

		static final List<String> NAMES = List.of("forward-value", "forward-future", "forward-mono");

		@GestaltListener("forward-value")
		@SendTo("target")
		String value(String payload) {
			return "to " + payload;
		}

		@GestaltListener("forward-future")
		CompletableFuture<String> future(String payload) {
			return CompletableFuture.supplyAsync(() -> "to " + payload);
		}

		@GestaltListener("forward-mono")
		Mono<String> mono(String payload) {
			return Mono.just("to " + payload);
		}

	}

	static class Absent {

		@GestaltListener("nullable-only")
		String nullable(@Nullable Order order) {
			return (order != null) ? order.id() : "none";
		}

		@GestaltListener("optional-only")
		String optional(Optional<Order> order) {
			return order.map(Order::id).orElse("none");
		}

	}

	static class Checked {

		@GestaltListener("checked")
		String place(@Validated Order order) {
			return order.id();
		}

	}

	@GestaltListener("typed")
	static class Typed {

		@GestaltHandler
		String position(Position position) {
			return "position " + position.x();
		}

		@GestaltHandler(9)
		String nine(String text) {
			return "nine " + text;
		}

	}

	static class Threads {

		@GestaltListener("reactive")
		Mono<Boolean> reactive(String payload) {
			return Mono.just(Schedulers.isInNonBlockingThread());
		}

		@GestaltListener("worker")
		boolean worker(String payload) {
			return Schedulers.isInNonBlockingThread();
		}

		@GestaltListener(value = "explicit", execution = Execution.WORKER)
		Mono<Boolean> explicit(String payload) {
			return Mono.just(Schedulers.isInNonBlockingThread());
		}

		@GestaltListener(value = "configured", id = "settings", execution = Execution.WORKER)
		boolean configured(String payload) {
			return Schedulers.isInNonBlockingThread();
		}

	}

	@Lazy
	static class LazyListener {

		@GestaltListener("${endpoint.name}")
		String receive(String payload) {
			return "lazy " + payload;
		}

	}

	static class Anything {

		@GestaltListener("anything")
		Object on(String payload) {
			return payload.equals("many") ? Flux.just("a", "b") : Mono.just(payload);
		}

	}

}
