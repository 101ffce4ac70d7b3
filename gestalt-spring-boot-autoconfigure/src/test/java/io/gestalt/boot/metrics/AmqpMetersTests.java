package io.gestalt.boot.metrics;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
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
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(120)
class AmqpMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final String market = "market." + UUID.randomUUID();

	private final String service = "quotes." + UUID.randomUUID();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				ListenerAutoConfiguration.class, RabbitAutoConfiguration.class, AmqpAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				io.gestalt.boot.metrics.MetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry)
		.withBean(Desk.class)
		.withPropertyValues("gestalt.amqp.publisher.prices.exchange=" + this.market,
				"gestalt.amqp.subscriber.ticks.exchange=" + this.market, "gestalt.amqp.subscriber.ticks.group=clerks",
				"gestalt.amqp.subscriber.ticks.routing-keys=#", "gestalt.amqp.subscriber.ticks.retry.attempts=2",
				"gestalt.amqp.subscriber.ticks.retry.initial-interval=10ms",
				"gestalt.amqp.responder.desk.service=" + this.service,
				"gestalt.amqp.requester.quotes.service=" + this.service);

	private double count(GestaltMeter meter, String endpoint, String... tags) {
		return this.registry.get(meter.meterName())
			.tags("endpoint", endpoint, "transport", "amqp")
			.tags(tags)
			.functionCounter()
			.count();
	}

	private double gauge(GestaltMeter meter, String endpoint, String... tags) {
		return this.registry.get(meter.meterName()).tag("endpoint", endpoint).tags(tags).gauge().value();
	}

	@Test
	void showsWhatAmqpEndpointsCount(RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties()).run((context) -> {
			Endpoint prices = context.getBean("prices", Endpoint.class);
			for (int i = 0; i < 10; i++) {
				prices.sendAsync(i).get(10, TimeUnit.SECONDS);
			}
			prices.sendAsync(-1).get(10, TimeUnit.SECONDS);
			await().untilAsserted(() -> {
				assertThat(count(GestaltMeter.MESSAGES, "ticks", "outcome", "handled")).isEqualTo(10);
				assertThat(count(GestaltMeter.SETTLED, "ticks", "outcome", "dead-lettered")).isOne();
			});
			assertThat(count(GestaltMeter.MESSAGES, "prices", "direction", "out", "outcome", "sent")).isEqualTo(11);
			assertThat(count(GestaltMeter.MESSAGES, "ticks", "outcome", "failed")).isOne();
			assertThat(count(GestaltMeter.RETRIES, "ticks")).isOne();
			assertThat(count(GestaltMeter.BYTES, "ticks", "direction", "in")).isEqualTo(12);
			assertThat(count(GestaltMeter.BYTES, "prices", "direction", "out")).isEqualTo(12);
			assertThat(gauge(GestaltMeter.CONNECTIONS, "ticks")).isOne();
			assertThat(gauge(GestaltMeter.CONNECTIONS, "prices")).isOne();
			assertThat(gauge(GestaltMeter.UNCONFIRMED, "prices")).isZero();
			assertThat(gauge(GestaltMeter.STATE, "ticks", "state", "ready")).isOne();
		});
	}

	@Test
	void showsRequestsUnderWay(RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties()).run((context) -> {
			Endpoint quotes = context.getBean("quotes", Endpoint.class);
			Desk desk = context.getBean(Desk.class);
			var slow = quotes.request(7, Integer.class);
			var waiting = quotes.request(8, Integer.class);
			await().untilAsserted(() -> {
				assertThat(gauge(GestaltMeter.REQUESTS_PENDING, "quotes")).isEqualTo(2);
				assertThat(gauge(GestaltMeter.HANDLERS_ACTIVE, "desk")).isOne();
				assertThat(gauge(GestaltMeter.QUEUE_SIZE, "desk", "direction", "in")).isEqualTo(2);
			});
			desk.go.countDown();
			assertThat(slow.get(10, TimeUnit.SECONDS) + waiting.get(10, TimeUnit.SECONDS)).isEqualTo(15);
			assertThat(gauge(GestaltMeter.REQUESTS_PENDING, "quotes")).isZero();
			assertThat(count(GestaltMeter.BYTES, "quotes", "direction", "in")).isEqualTo(2);
			await().untilAsserted(() -> assertThat(count(GestaltMeter.BYTES, "desk", "direction", "out")).isEqualTo(2));
		});
	}

	@Test
	void countsWhatReplacedALostConnection() {
		try (RabbitBroker broker = RabbitBroker.launch().orElseThrow()) {
			this.runner.withPropertyValues(broker.properties()).run((context) -> {
				await().until(() -> gauge(GestaltMeter.CONNECTIONS, "ticks") == 1);
				broker.stop();
				await().until(() -> gauge(GestaltMeter.CONNECTIONS, "ticks") == 0);
				broker.start();
				await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
					assertThat(count(GestaltMeter.RECONNECTS, "ticks")).isOne();
					assertThat(count(GestaltMeter.RECONNECTS, "prices")).isOne();
					assertThat(count(GestaltMeter.RECONNECTS, "quotes")).isOne();
				});
			});
		}
	}

	static class Desk {

		private final CountDownLatch go = new CountDownLatch(1);

		@GestaltListener("ticks")
		void tick(int number) {
			if (number < 0) {
				throw new IllegalArgumentException("There is no price " + number);
			}
		}

		@GestaltListener("desk")
		int quote(int number) throws InterruptedException {
			this.go.await(20, TimeUnit.SECONDS);
			return number;
		}

	}

}
