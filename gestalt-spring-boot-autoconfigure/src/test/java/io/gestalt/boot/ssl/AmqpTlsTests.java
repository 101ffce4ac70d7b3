package io.gestalt.boot.ssl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** A RabbitMQ that takes TLS connections only, through a network that misbehaves. */
@Timeout(120)
class AmqpTlsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@TempDir
	private static Path directory;

	private static TestKeys keys;

	private static RabbitBroker broker;

	private final String name = "tls." + UUID.randomUUID();

	private FaultProxy proxy;

	@BeforeAll
	static void launch() throws Exception {
		keys = new TestKeys(directory);
		keys.create("rabbit", "rabbit", "localhost");
		keys.create("application", "application", "application.example");
		keys.trust("rabbit");
		broker = RabbitBroker.launch(new RabbitCertificate(keys.certificate("rabbit"), keys.key("rabbit")))
			.orElse(null);
		assumeThat(broker).isNotNull();
	}

	@AfterAll
	static void end() {
		if (broker != null) {
			broker.close();
		}
	}

	@BeforeEach
	void open() {
		this.proxy = new FaultProxy(broker.host(), broker.port());
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	private ApplicationContextRunner application(Object handler, String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					ListenerAutoConfiguration.class, RabbitAutoConfiguration.class, AmqpAutoConfiguration.class))
			.withBean("handler", Object.class, () -> handler)
			.withPropertyValues(keys.bundle("broker", "application"))
			.withPropertyValues("spring.rabbitmq.ssl.bundle=broker", "spring.rabbitmq.host=localhost",
					"spring.rabbitmq.port=" + this.proxy.port(), "gestalt.defaults.reconnect.max-interval=200ms",
					"gestalt.amqp.publisher.prices.exchange=" + this.name,
					"gestalt.amqp.publisher.prices.send-timeout=2s",
					"gestalt.amqp.subscriber.ticks.exchange=" + this.name,
					"gestalt.amqp.responder.desk.service=" + this.name,
					"gestalt.amqp.requester.quotes.service=" + this.name)
			.withPropertyValues(properties);
	}

	private static AmqpPublisher prices(ApplicationContext context) {
		return context.getBean("prices", AmqpPublisher.class);
	}

	private static int ask(ApplicationContext context, int number) throws Exception {
		return context.getBean("quotes", AmqpRequester.class).request(number, Integer.class).get(20, TimeUnit.SECONDS);
	}

	@Test
	void publishesSubscribesAndAsksAlsoAfterACut() {
		Handler handler = new Handler();
		application(handler).run((context) -> {
			prices(context).sendAsync(1).get(10, TimeUnit.SECONDS);
			assertThat(ask(context, 21)).isEqualTo(42);
			this.proxy.cut();
			AmqpSubscriber ticks = context.getBean("ticks", AmqpSubscriber.class);
			await().atMost(SOON)
				.until(() -> ticks.counters().get(Counter.CONNECTED) == 2
						&& prices(context).counters().get(Counter.CONNECTED) == 2);
			prices(context).sendAsync(2).get(10, TimeUnit.SECONDS);
			assertThat(ask(context, 4)).isEqualTo(8);
			await().atMost(SOON).until(() -> handler.seen.size() >= 2);
			assertThat(handler.seen).contains(1, 2);
		});
	}

	@Test
	void trustsNobodyElse() throws Exception {
		keys.trust("application");
		try {
			application(new Handler()).run((context) -> {
				assertThat(prices(context).state()).isEqualTo(EndpointState.CONNECTING);
				assertThat(prices(context).lastError()).hasStackTraceContaining("SSLHandshakeException");
			});
		}
		finally {
			keys.trust("rabbit");
		}
	}

	@Test
	void deliversNothingElseThanWhatWasPublishedByANetworkThatCorrupts() {
		Handler handler = new Handler();
		application(handler).run((context) -> {
			prices(context).sendAsync(-1).get(10, TimeUnit.SECONDS);
			this.proxy.corrupt(20_000);
			Map<Integer, CompletableFuture<Void>> sent = new TreeMap<>();
			IntStream.range(0, 1000).forEach((number) -> sent.put(number, prices(context).sendAsync(number)));
			await().atMost(SOON).until(() -> sent.values().stream().allMatch(CompletableFuture::isDone));
			this.proxy.heal();
			List<Integer> confirmed = new ArrayList<>(sent.keySet());
			confirmed.removeIf((number) -> sent.get(number).isCompletedExceptionally());
			await().atMost(SOON).until(() -> handler.seen.containsAll(confirmed));
			assertThat(handler.seen).allMatch((number) -> number >= -1 && number < 1000);
			assertThat(prices(context).counters().get(Counter.DISCONNECTED)
					+ context.getBean("ticks", AmqpSubscriber.class).counters().get(Counter.DISCONNECTED))
				.isPositive();
		});
	}

	@Test
	void doesNotHangWhenTheBrokerStopsReading() {
		String large = "x".repeat(500_000);
		application(new Handler()).run((context) -> {
			AmqpPublisher prices = prices(context);
			prices.sendAsync(1).get(10, TimeUnit.SECONDS);
			this.proxy.throttle(1);
			for (int i = 0; i < 100 && prices.state() == EndpointState.READY; i++) {
				long start = System.nanoTime();
				prices.sendAsync(large);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
			}
			assertThat(prices.state()).isNotEqualTo(EndpointState.READY);
			this.proxy.heal();
			await().atMost(SOON).until(() -> prices.state() == EndpointState.READY);
			prices.sendAsync(2).get(10, TimeUnit.SECONDS);
		});
	}

	static class Handler {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@GestaltListener("ticks")
		void tick(int number) {
			this.seen.add(number);
		}

		@GestaltListener("desk")
		int twice(int number) {
			return number * 2;
		}

	}

}
