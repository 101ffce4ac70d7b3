package io.gestalt.boot.observation;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.logging.MdcAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import io.gestalt.observation.MessageObserver;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class MessageObservationTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				ListenerAutoConfiguration.class, TcpAutoConfiguration.class, ObservationAutoConfiguration.class,
				MdcAutoConfiguration.class, MessageObservationAutoConfiguration.class))
		.withPropertyValues("gestalt.observation.enabled=true", "gestalt.shutdown.grace-period=1s")
		.withBean(ObservationRegistry.class, () -> this.registry);

	private final ApplicationContextRunner servers = this.runner.withBean(Clerk.class)
		.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.slow.port=0",
				"gestalt.tcp.server.later.port=0", "gestalt.tcp.server.fails.port=0",
				"gestalt.tcp.server.fails.on-error=drop");

	private static Endpoint client(ApplicationContext clients) {
		return clients.getBean("rates", Endpoint.class);
	}

	private static String target(ApplicationContext context, String server) {
		return "gestalt.tcp.client.rates.target=127.0.0.1:" + context.getBean(server, TcpServerEndpoint.class).port();
	}

	private TestObservationRegistryAssert observed() {
		return TestObservationRegistryAssert.assertThat(this.registry);
	}

	@Test
	void observesARequestAndItsHandling() {
		this.servers.run((server) -> this.runner.withPropertyValues(target(server, "orders")).run((clients) -> {
			assertThat(client(clients).request(7, Integer.class).get(10, TimeUnit.SECONDS)).isEqualTo(7);
			await().untilAsserted(() -> observed().hasObservationWithNameEqualTo("gestalt.receive")
				.that()
				.hasLowCardinalityKeyValue("name", "orders")
				.hasLowCardinalityKeyValue("operation", "int")
				.hasLowCardinalityKeyValue("outcome", "success")
				.hasHighCardinalityKeyValueWithKey("gestalt.peer")
				.hasBeenStopped());
			await().untilAsserted(() -> observed().hasObservationWithNameEqualTo("gestalt.request")
				.that()
				.hasLowCardinalityKeyValue("name", "rates")
				.hasLowCardinalityKeyValue("operation", "Integer")
				.hasLowCardinalityKeyValue("outcome", "success")
				.hasBeenStopped());
		}));
	}

	@Test
	void theLogIsToldWhichMessageIsHandled() {
		this.servers.run((server) -> this.runner.withPropertyValues(target(server, "orders")).run((clients) -> {
			client(clients).request(7, Integer.class).get(10, TimeUnit.SECONDS);
			Map<String, String> log = server.getBean(Clerk.class).log.get();
			assertThat(log).containsEntry("gestalt.endpoint", "orders")
				.containsEntry("gestalt.peer", server.getBean(Clerk.class).peer.get())
				.doesNotContainKey("gestalt.message");
		}));
	}

	@Test
	void aFailureIsAnOutcome() {
		this.servers.run((server) -> this.runner.withPropertyValues(target(server, "fails")).run((clients) -> {
			client(clients).sendAsync(7).get(10, TimeUnit.SECONDS);
			await().untilAsserted(() -> observed().hasObservationWithNameEqualTo("gestalt.receive")
				.that()
				.hasLowCardinalityKeyValue("outcome", "error")
				.hasError()
				.hasBeenStopped());
		}));
	}

	@Test
	void aRequestWithoutReplyEndsWithTheTimeout() {
		this.servers.run((server) -> this.runner
			.withPropertyValues(target(server, "slow"), "gestalt.tcp.client.rates.request-timeout=50ms")
			.run((clients) -> {
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> client(clients).request(7, Integer.class).get(10, TimeUnit.SECONDS))
					.withCauseInstanceOf(RequestTimeoutException.class);
				await().untilAsserted(() -> observed().hasObservationWithNameEqualTo("gestalt.request")
					.that()
					.hasLowCardinalityKeyValue("outcome", "timeout")
					.hasBeenStopped());
			}));
	}

	@Test
	void whatIsDoneLaterIsObservedUntilThen() {
		this.servers.run((server) -> this.runner.withPropertyValues(target(server, "slow")).run((clients) -> {
			var reply = client(clients).request(7, Integer.class);
			Clerk clerk = server.getBean(Clerk.class);
			await().until(clerk.begun::isDone);
			observed().hasObservationWithNameEqualTo("gestalt.receive").that().hasBeenStarted().isNotStopped();
			clerk.result.complete(8);
			assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(8);
			await().untilAsserted(
					() -> observed().hasObservationWithNameEqualTo("gestalt.receive").that().hasBeenStopped());
		}));
	}

	@Test
	void aMonoIsObservedUntilItsEnd() {
		this.servers.run((server) -> this.runner.withPropertyValues(target(server, "later")).run((clients) -> {
			assertThat(client(clients).request(7, Integer.class).get(10, TimeUnit.SECONDS)).isEqualTo(8);
			await().untilAsserted(() -> observed().hasObservationWithNameEqualTo("gestalt.receive")
				.that()
				.hasLowCardinalityKeyValue("outcome", "success")
				.hasBeenStopped());
		}));
	}

	@Test
	void aConventionOfTheApplicationIsUsed() {
		this.servers.withBean(ReceiveConvention.class, () -> new ReceiveConvention() {

			@Override
			public String getName() {
				return "inbox";
			}

		}).run((server) -> this.runner.withPropertyValues(target(server, "orders")).run((clients) -> {
			client(clients).request(7, Integer.class).get(10, TimeUnit.SECONDS);
			await().untilAsserted(() -> observed().hasObservationWithNameEqualTo("inbox").that().hasBeenStopped());
		}));
	}

	@Test
	void nothingIsObservedWhenSwitchedOff() {
		this.servers.withPropertyValues("gestalt.observation.enabled=false")
			.run((server) -> this.runner
				.withPropertyValues(target(server, "orders"), "gestalt.observation.enabled=false")
				.run((clients) -> {
					client(clients).request(7, Integer.class).get(10, TimeUnit.SECONDS);
					observed().doesNotHaveAnyObservation();
					assertThat(clients).doesNotHaveBean(MessageObserver.class);
				}));
	}

	@Test
	void backsOffWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class,
					MessageObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessageObserver.class));
	}

	@Test
	void aRegistryThatObservesNothingCostsNoMemory() {
		ObservedHandler handler = new ObservedHandler((payload, context) -> payload, "orders", "String",
				ObservationRegistry.create(), null);
		MessageContext context = new MessageContext(new NoPeer(), 0);
		assertThat(allocated(() -> handle(handler, context))).isLessThan(10_000);
	}

	private static Object handle(ObservedHandler handler, MessageContext context) {
		try {
			return handler.handle("payload", context);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** In a hundred thousand calls. */
	private static long allocated(Runnable call) {
		var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 5; round++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < 100_000; i++) {
				call.run();
			}
			least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
		}
		return least;
	}

	private static final class NoPeer implements Peer {

		@Override
		public String id() {
			throw new UnsupportedOperationException();
		}

		@Override
		public java.net.SocketAddress address() {
			throw new UnsupportedOperationException();
		}

		@Override
		public java.security.Principal principal() {
			return null;
		}

		@Override
		public void send(Object payload) {
		}

		@Override
		public CompletableFuture<Void> sendAsync(Object payload) {
			return CompletableFuture.allOf();
		}

		@Override
		public void close() {
		}

	}

	static class Clerk {

		private final AtomicReference<Map<String, String>> log = new AtomicReference<>();

		private final AtomicReference<String> peer = new AtomicReference<>();

		private final CompletableFuture<Void> begun = new CompletableFuture<>();

		private final CompletableFuture<Integer> result = new CompletableFuture<>();

		@GestaltListener("orders")
		int order(int number, Peer sender) {
			this.log.set(MDC.getCopyOfContextMap());
			this.peer.set(sender.id());
			return number;
		}

		@GestaltListener("slow")
		CompletableFuture<Integer> slow(int number) {
			this.begun.complete(null);
			return this.result;
		}

		@GestaltListener("later")
		Mono<Integer> later(int number) {
			return Mono.just(number + 1);
		}

		@GestaltListener("fails")
		void fails(int number) {
			throw new IllegalArgumentException("There is no order " + number);
		}

	}

}
