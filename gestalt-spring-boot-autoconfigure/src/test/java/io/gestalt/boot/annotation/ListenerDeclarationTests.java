package io.gestalt.boot.annotation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.boot.annotation.ListenerDeclarationException.Problem;
import io.gestalt.dispatch.Execution;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.Message;
import io.gestalt.message.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListenerDeclarationTests {

	private final TestEndpoints endpoints = new TestEndpoints();

	@AfterEach
	void close() throws Exception {
		this.endpoints.close();
	}

	@Test
	void oneEndpointHasOneListener() {
		this.endpoints.server("plain");
		assertProblem(Problem.TWO_LISTENERS,
				"Endpoint 'plain' has two listeners, "
						+ "'ListenerDeclarationTests.Twice.a(String)' and 'ListenerDeclarationTests.Twice.b(String)'",
				Twice.class);
	}

	@Test
	void oneTypeHasOneHandler() {
		this.endpoints.typedServer("typed");
		assertProblem(Problem.TWO_HANDLERS, null, TwoHandlers.class);
	}

	@Test
	void oneParameterIsThePayload() {
		this.endpoints.server("plain");
		assertProblem(Problem.TWO_PAYLOADS,
				"Listener 'ListenerDeclarationTests.TwoPayloads.on(String, String)' has two parameters that would be the payload",
				TwoPayloads.class);
		assertProblem(Problem.TWO_PAYLOADS, null, OtherMessage.class);
	}

	@Test
	void expressionsAreRefused() {
		this.endpoints.server("plain");
		assertProblem(Problem.EXPRESSION, null, Expression.class);
	}

	@Test
	void aHandlerNeedsAType() {
		this.endpoints.typedServer("typed");
		assertProblem(Problem.NO_MESSAGE_TYPE,
				"Handler 'ListenerDeclarationTests.Untyped.on(String)' names no message type, and its payload has none",
				Untyped.class);
	}

	@Test
	void handlersNeedAFramingThatCarriesTypes() {
		this.endpoints.server("typed");
		assertProblem(Problem.FRAMING_WITHOUT_TYPE,
				"Listener 'Typed' chooses handlers by message type, but the framing of endpoint 'typed' carries none",
				Typed.class);
	}

	@Test
	void aHandlerNeedsAListenerAroundIt() {
		assertProblem(Problem.HANDLER_WITHOUT_LISTENER,
				"Handler 'ListenerDeclarationTests.Alone.on(Position)' is in a class that is no listener", Alone.class);
	}

	@Test
	void aListenerNeedsHandlers() {
		this.endpoints.typedServer("typed");
		assertProblem(Problem.LISTENER_WITHOUT_HANDLERS, null, Empty.class);
	}

	@Test
	void aResultHasOneWayToGo() {
		this.endpoints.server("plain");
		assertProblem(Problem.SEND_TO,
				"Listener 'ListenerDeclarationTests.Nothing.on(String)' cannot send its result to 'plain', it has none",
				Nothing.class);
		assertProblem(Problem.SEND_TO,
				"Listener 'ListenerDeclarationTests.TwoTargets.on(String)' cannot send its result to 2 endpoints",
				TwoTargets.class);
	}

	@Test
	void aListenerHasOneExecution() {
		this.endpoints.server("plain");
		assertProblem(Problem.EXECUTION, null, TwoExecutions.class);
	}

	@ParameterizedTest
	@ValueSource(classes = { ReturnsFlux.class, ReturnsPublisher.class, ReturnsFlow.class, ReturnsFluxLater.class,
			ReturnsFuture.class })
	void aResultFitsIntoOneReply(Class<?> listener) {
		this.endpoints.server("plain");
		assertProblem(Problem.MANY_RESULTS, null, listener);
	}

	@Test
	void aResultThatDoesNotFitIsNamed() {
		this.endpoints.server("plain");
		assertProblem(Problem.MANY_RESULTS,
				"Listener 'ListenerDeclarationTests.ReturnsFlux.on(String)' returns "
						+ "'reactor.core.publisher.Flux<java.lang.String>', which does not fit into one reply",
				ReturnsFlux.class);
	}

	@Test
	void anUnknownEndpointStopsTheStart() {
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> this.endpoints.refresh(Twice.class))
			.withMessage("Endpoint 'plain' is not known");
	}

	@ParameterizedTest
	@EnumSource
	void everyProblemHasAWayOut(Problem problem) {
		ListenerDeclarationException failure = new ListenerDeclarationException(problem, java.util.List.of(),
				"It is so");
		FailureAnalysis analysis = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.handleMessage((message, ex) -> {
			}))
			.stream()
			.filter(ListenerDeclarationFailureAnalyzer.class::isInstance)
			.findFirst()
			.orElseThrow()
			.analyze(new IllegalStateException(failure));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).isEqualTo("It is so.");
		assertThat(analysis.getAction()).endsWith(".");
	}

	private void assertProblem(Problem problem, String message, Class<?> bean) {
		assertThatExceptionOfType(ListenerDeclarationException.class).isThrownBy(() -> this.endpoints.refresh(bean))
			.satisfies((ex) -> {
				assertThat(ex.problem()).isEqualTo(problem);
				assertThat(ex.methods()).isNotEmpty();
				if (message != null) {
					assertThat(ex).hasMessage(message);
				}
			});
	}

	@MessageType(7)
	record Position(int x) {
	}

	static class Twice {

		@GestaltListener("plain")
		void a(String payload) {
		}

		@GestaltListener("plain")
		void b(String payload) {
		}

	}

	@GestaltListener("typed")
	static class TwoHandlers {

		@GestaltHandler
		void a(Position payload) {
		}

		@GestaltHandler(7)
		void b(String payload) {
		}

	}

	static class TwoPayloads {

		@GestaltListener("plain")
		void on(String one, String two) {
		}

	}

	static class OtherMessage {

		@GestaltListener("plain")
		void on(String one, Message<Integer> two) {
		}

	}

	static class Expression {

		@GestaltListener("plain")
		void on(@Payload("id") String one) {
		}

	}

	@GestaltListener("typed")
	static class Untyped {

		@GestaltHandler
		void on(String payload) {
		}

	}

	@GestaltListener("typed")
	static class Typed {

		@GestaltHandler
		void on(Position payload) {
		}

	}

	static class Alone {

		@GestaltHandler
		void on(Position payload) {
		}

	}

	@GestaltListener("typed")
	static class Empty {

	}

	static class Nothing {

		@GestaltListener("plain")
		@SendTo("plain")
		void on(String payload) {
		}

	}

	static class TwoTargets {

		@GestaltListener("plain")
		@SendTo({ "plain", "other" })
		String on(String payload) {
			return payload;
		}

	}

	static class TwoExecutions {

		@GestaltListener(value = "plain", execution = { Execution.WORKER, Execution.EVENT_LOOP })
		void on(String payload) {
		}

	}

	static class ReturnsFlux {

		@GestaltListener("plain")
		Flux<String> on(String payload) {
			return Flux.just(payload);
		}

	}

	static class ReturnsPublisher {

		@GestaltListener("plain")
		Publisher<String> on(String payload) {
			return Mono.just(payload);
		}

	}

	static class ReturnsFlow {

		@GestaltListener("plain")
		Flow.Publisher<String> on(String payload) {
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.just(payload));
		}

	}

	static class ReturnsFluxLater {

		@GestaltListener("plain")
		CompletableFuture<Flux<String>> on(String payload) {
			return CompletableFuture.completedFuture(Flux.just(payload));
		}

	}

	static class ReturnsFuture {

		@GestaltListener("plain")
		Future<String> on(String payload) {
			return CompletableFuture.completedFuture(payload);
		}

	}

}
