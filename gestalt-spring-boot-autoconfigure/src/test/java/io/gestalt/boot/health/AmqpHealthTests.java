package io.gestalt.boot.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(180)
@Tag("slow")
class AmqpHealthTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final String market = "market." + UUID.randomUUID();

	private final String service = "quotes." + UUID.randomUUID();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				ListenerAutoConfiguration.class, RabbitAutoConfiguration.class, AmqpAutoConfiguration.class,
				HealthAutoConfiguration.class))
		.withBean(Clerk.class)
		.withPropertyValues("gestalt.amqp.publisher.prices.exchange=" + this.market,
				"gestalt.amqp.subscriber.ticks.exchange=" + this.market, "gestalt.amqp.subscriber.ticks.group=clerks",
				"gestalt.amqp.subscriber.ticks.routing-keys=#", "gestalt.amqp.responder.desk.service=" + this.service,
				"gestalt.amqp.requester.quotes.service=" + this.service);

	private static Health health(ApplicationContext context, String endpoint) {
		CompositeHealthContributor contributor = context.getBean("gestaltHealthContributor",
				CompositeHealthContributor.class);
		return ((HealthIndicator) contributor.getContributor(endpoint)).health();
	}

	private static void awaitUp(ApplicationContext context, Map<String, String> states) {
		states.forEach((endpoint, state) -> await().atMost(SOON).untilAsserted(() -> {
			Health health = health(context, endpoint);
			assertThat(health.getStatus()).as(endpoint).isEqualTo(Status.UP);
			assertThat(health.getDetails()).as(endpoint).containsEntry("state", state).doesNotContainKey("error");
		}));
	}

	private static void awaitDown(ApplicationContext context, String endpoint, String state) {
		await().atMost(SOON).untilAsserted(() -> {
			Health health = health(context, endpoint);
			assertThat(health.getStatus()).as(endpoint).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).as(endpoint).containsEntry("state", state).containsKey("error");
		});
	}

	@Test
	void saysWhatEachEndpointDoes(RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties()).run((context) -> {
			awaitUp(context,
					Map.of("prices", "publishing", "ticks", "consuming", "desk", "serving", "quotes", "requesting"));
			assertThat(health(context, "ticks").getDetails())
				.containsEntry("description",
						"consumes queue '%s.clerks' of exchange '%s'".formatted(this.market, this.market))
				.containsEntry("required", true)
				.hasSize(3);
			assertThat(health(context, "quotes").getDetails()).containsEntry("description",
					"asks service '%s'".formatted(this.service));
		});
	}

	@Test
	void isConsumingAgainAfterItsQueueWasDeleted(RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties()).run((context) -> {
			awaitUp(context, Map.of("ticks", "consuming", "prices", "publishing"));
			context.getBean(ConnectionFactory.class)
				.createConnection()
				.createChannel(false)
				.queueDelete(this.market + ".clerks");
			await().atMost(SOON)
				.ignoreExceptions()
				.until(() -> context.getBean("prices", Endpoint.class).sendAsync(1).get(5, TimeUnit.SECONDS) == null
						&& context.getBean(Clerk.class).handled().getNow(0) == 1);
			awaitUp(context, Map.of("ticks", "consuming"));
		});
	}

	@Test
	void isUpAgainWhenTheBrokerIsBack() {
		try (RabbitBroker broker = launch()) {
			this.runner.withPropertyValues(broker.properties()).run((context) -> {
				Map<String, String> up = Map.of("prices", "publishing", "ticks", "consuming", "desk", "serving",
						"quotes", "requesting");
				awaitUp(context, up);
				broker.stop();
				up.keySet().forEach((endpoint) -> awaitDown(context, endpoint, "connecting"));
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(health(context, "ticks").getDetails().get("error").toString())
						.contains("Connection refused")
						.doesNotContain("Exception"));
				broker.start();
				awaitUp(context, up);
			});
		}
	}

	@Test
	void isUpWhenTheBrokerComesLater() {
		try (RabbitBroker broker = launch()) {
			broker.stop();
			this.runner.withPropertyValues(broker.properties()).run((context) -> {
				awaitDown(context, "ticks", "connecting");
				awaitDown(context, "prices", "connecting");
				broker.start();
				awaitUp(context, Map.of("prices", "publishing", "ticks", "consuming"));
			});
		}
	}

	@Test
	void aPublisherIsBlockedWhileTheBrokerLacksMemory() {
		try (RabbitBroker broker = launch()) {
			this.runner.withPropertyValues(broker.properties())
				.withPropertyValues("gestalt.amqp.publisher.extra.exchange=" + this.market,
						"gestalt.amqp.publisher.extra.required=false")
				.run((context) -> {
					awaitUp(context, Map.of("prices", "publishing", "ticks", "consuming", "extra", "publishing"));
					broker.alarm(true);
					await().atMost(SOON).until(() -> {
						context.getBean("prices", Endpoint.class).sendAsync(1);
						return health(context, "prices").getStatus().equals(Status.DOWN);
					});
					awaitDown(context, "prices", "blocked");
					assertThat(health(context, "prices").getDetails().get("error").toString())
						.contains("low on memory");
					assertThat(health(context, "extra").getStatus()).isEqualTo(EndpointHealthIndicator.DEGRADED);
					assertThat(health(context, "extra").getDetails()).containsEntry("state", "blocked");
					awaitUp(context, Map.of("ticks", "consuming"));
					broker.alarm(false);
					awaitUp(context, Map.of("prices", "publishing", "extra", "publishing"));
				});
		}
	}

	private static RabbitBroker launch() {
		Optional<RabbitBroker> broker = RabbitBroker.launch();
		return broker.orElseThrow();
	}

	static class Clerk {

		private final CompletableFuture<Integer> handled = new CompletableFuture<>();

		CompletableFuture<Integer> handled() {
			return this.handled;
		}

		@GestaltListener("ticks")
		void tick(int number) {
			this.handled.complete(number);
		}

		@GestaltListener("desk")
		int quote(int number) {
			return number;
		}

	}

}
