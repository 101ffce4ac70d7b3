package io.gestalt.boot.metrics;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.ReducedClassPath;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.metrics.CountedMeters.CountedMeter;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.udp.UdpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class MetricsAutoConfigurationTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				ListenerAutoConfiguration.class, TcpAutoConfiguration.class, UdpAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				io.gestalt.boot.metrics.MetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry, (definition) -> definition.setDestroyMethodName(""));

	private final ApplicationContextRunner pair = this.runner.withBean(Clerk.class)
		.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.address=127.0.0.1");

	private double count(GestaltMeter meter, String endpoint, String... tags) {
		return this.registry.get(meter.meterName()).tag("endpoint", endpoint).tags(tags).functionCounter().count();
	}

	private double gauge(GestaltMeter meter, String endpoint, String... tags) {
		return this.registry.get(meter.meterName()).tag("endpoint", endpoint).tags(tags).gauge().value();
	}

	private static String target(ApplicationContext server) {
		return "gestalt.tcp.client.rates.target=127.0.0.1:" + server.getBean(TcpServerEndpoint.class).port();
	}

	@Test
	void eachCounterHasOneMeterOfItsOwn() {
		assertThat(CountedMeters.ALL).containsOnlyKeys(Counter.values());
		assertThat(CountedMeters.ALL.values()).doesNotHaveDuplicates();
		for (CountedMeter counted : CountedMeters.ALL.values()) {
			assertThat(counted.tags().stream().map(Tag::getKey)).as(counted.meter().meterName())
				.containsExactlyInAnyOrderElementsOf(counted.meter().tags());
		}
	}

	@Test
	void showsWhatATcpServerCounts() {
		this.pair.run((server) -> {
			Endpoint orders = server.getBean("orders", Endpoint.class);
			assertThat(gauge(GestaltMeter.STATE, "orders", "state", "ready")).isOne();
			assertThat(gauge(GestaltMeter.STATE, "orders", "state", "stopped")).isZero();
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class,
						TaskExecutionAutoConfiguration.class, CodecAutoConfiguration.class,
						EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, TcpAutoConfiguration.class))
				.withPropertyValues(target(server))
				.run((client) -> {
					Endpoint rates = client.getBean("rates", Endpoint.class);
					for (int i = 1; i <= 10; i++) {
						assertThat(rates.request(i, Integer.class).get(10, TimeUnit.SECONDS)).isEqualTo(i);
					}
					assertThat(gauge(GestaltMeter.CONNECTIONS, "orders")).isOne();
				});
			await().until(() -> gauge(GestaltMeter.CONNECTIONS, "orders") == 0);
			assertThat(count(GestaltMeter.RECEIVED, "orders", "transport", "tcp")).isEqualTo(10);
			assertThat(count(GestaltMeter.MESSAGES, "orders", "direction", "in", "outcome", "handled")).isEqualTo(10);
			assertThat(count(GestaltMeter.MESSAGES, "orders", "direction", "out", "outcome", "sent")).isEqualTo(10);
			assertThat(count(GestaltMeter.OFFERED, "orders")).isEqualTo(10);
			assertThat(count(GestaltMeter.BYTES, "orders", "direction", "in"))
				.isEqualTo((double) orders.counters().get(Counter.RECEIVED_BYTES))
				.isPositive();
			assertThat(count(GestaltMeter.CONNECTIONS_OPENED, "orders")).isOne();
			assertThat(count(GestaltMeter.CONNECTIONS_CLOSED, "orders")).isOne();
			assertThat(gauge(GestaltMeter.QUEUE_SIZE, "orders", "direction", "in")).isZero();
			assertThat(gauge(GestaltMeter.QUEUE_SIZE, "orders", "direction", "out")).isZero();
			await().until(() -> gauge(GestaltMeter.QUEUE_BYTES, "orders", "direction", "out") == 0);
			await().until(() -> gauge(GestaltMeter.HANDLERS_ACTIVE, "orders") == 0);
		});
	}

	@Test
	void whatFailedIsNotShownAsHandled() {
		this.pair.run((server) -> this.runner.withPropertyValues(target(server)).run((client) -> {
			Endpoint rates = client.getBean("rates", Endpoint.class);
			rates.request(1, Integer.class).get(10, TimeUnit.SECONDS);
			rates.sendAsync(-1).get(10, TimeUnit.SECONDS);
			await().untilAsserted(() -> {
				assertThat(count(GestaltMeter.MESSAGES, "orders", "outcome", "failed")).isOne();
				assertThat(count(GestaltMeter.MESSAGES, "orders", "outcome", "handled")).isOne();
			});
		}));
	}

	@Test
	void showsRequestsThatWaitAndHandlersAtWork() {
		this.pair.run((server) -> this.runner.withPropertyValues(target(server)).run((client) -> {
			Endpoint rates = client.getBean("rates", Endpoint.class);
			Clerk clerk = server.getBean(Clerk.class);
			clerk.pause();
			var reply = rates.request(7, Integer.class);
			await().untilAsserted(() -> {
				assertThat(gauge(GestaltMeter.REQUESTS_PENDING, "rates")).isOne();
				assertThat(gauge(GestaltMeter.HANDLERS_ACTIVE, "orders")).isOne();
				assertThat(gauge(GestaltMeter.QUEUE_SIZE, "orders", "direction", "in")).isOne();
			});
			clerk.resume();
			assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(7);
			assertThat(gauge(GestaltMeter.REQUESTS_PENDING, "rates")).isZero();
		}));
	}

	@Test
	void countsTheConnectionsThatReplaceOthers() {
		this.pair.run((server) -> this.runner.withPropertyValues(target(server)).run((client) -> {
			Endpoint rates = client.getBean("rates", Endpoint.class);
			rates.whenConnected().get(10, TimeUnit.SECONDS);
			assertThat(count(GestaltMeter.RECONNECTS, "rates")).isZero();
			Endpoint orders = server.getBean("orders", Endpoint.class);
			await().until(() -> orders.peers().size() == 1);
			orders.peers().forEach(Peer::close);
			await().untilAsserted(() -> {
				assertThat(count(GestaltMeter.RECONNECTS, "rates")).isOne();
				assertThat(count(GestaltMeter.CONNECTIONS_OPENED, "rates")).isEqualTo(2);
				assertThat(rates.state()).isEqualTo(EndpointState.READY);
			});
		}));
	}

	@Test
	void showsWhatUdpCounts() {
		this.runner.withBean(Clerk.class)
			.withPropertyValues("gestalt.udp.server.orders.port=0", "gestalt.udp.server.orders.address=127.0.0.1")
			.run((server) -> {
				InetSocketAddress address = (InetSocketAddress) server.getBean(UdpEndpoint.class).addresses().get(0);
				this.runner.withPropertyValues("gestalt.udp.client.rates.target=127.0.0.1:" + address.getPort())
					.run((client) -> {
						client.getBean("rates", Endpoint.class).send(3);
						await().untilAsserted(() -> {
							assertThat(count(GestaltMeter.RECEIVED, "orders", "transport", "udp")).isOne();
							assertThat(gauge(GestaltMeter.PEERS, "orders")).isOne();
							assertThat(count(GestaltMeter.DROPPED, "orders", "reason", "full")).isZero();
							assertThat(gauge(GestaltMeter.QUEUE_SIZE, "rates", "direction", "out")).isZero();
						});
						assertThat(this.registry.find("gestalt.connections").tag("transport", "udp").gauge()).isNull();
					});
			});
	}

	@Test
	void noTagNamesAPeer() {
		this.pair.run((server) -> this.runner.withPropertyValues(target(server)).run((client) -> {
			client.getBean("rates", Endpoint.class).request(1, Integer.class).get(10, TimeUnit.SECONDS);
			Set<String> values = new HashSet<>();
			this.registry.forEachMeter((meter) -> {
				if (meter.getId().getName().startsWith("gestalt.")) {
					meter.getId().getTags().forEach((tag) -> values.add(tag.getValue()));
				}
			});
			assertThat(values).contains("orders", "rates", "tcp").allMatch((value) -> value.matches("[a-z-]+"));
		}));
	}

	@Test
	void metersGoWithTheContext() {
		this.pair.run((context) -> assertThat(this.registry.getMeters()).isNotEmpty());
		assertThat(this.registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName))
			.noneMatch((name) -> name.startsWith("gestalt."));
	}

	@Test
	void backsOffWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class,
					io.gestalt.boot.metrics.MetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EndpointMeters.class));
	}

	@Test
	void backsOffWithoutEndpointSupport() {
		new ApplicationContextRunner().withBean(SimpleMeterRegistry.class)
			.withConfiguration(AutoConfigurations.of(io.gestalt.boot.metrics.MetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EndpointMeters.class));
	}

	@Test
	void anApplicationStartsWithoutMicrometer() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "micrometer-core", "micrometer-registry",
				"micrometer-jakarta9", "micrometer-tracing", "micrometer-observation-test", "spring-boot-micrometer",
				"spring-boot-starter-micrometer", "spring-boot-starter-actuator", "spring-boot-actuator"))
			.isEqualTo("READY, 0 of meters, 0 of observations");
	}

	@Test
	void anApplicationStartsWithActuatorAndWithoutRabbit() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "spring-rabbit", "amqp-client", "spring-amqp",
				"spring-boot-amqp", "spring-boot-rabbit", "spring-boot-starter-amqp"))
			.isEqualTo("READY, 1 of meters, 0 of observations");
	}

	static class Clerk {

		private final Object monitor = new Object();

		private boolean paused;

		void pause() {
			synchronized (this.monitor) {
				this.paused = true;
			}
		}

		void resume() {
			synchronized (this.monitor) {
				this.paused = false;
				this.monitor.notifyAll();
			}
		}

		@GestaltListener("orders")
		int order(int number) throws InterruptedException {
			synchronized (this.monitor) {
				while (this.paused) {
					this.monitor.wait(10_000);
				}
			}
			if (number < 0) {
				throw new IllegalArgumentException("There is no order " + number);
			}
			return number;
		}

	}

	public static final class PlainApplication implements Callable<String> {

		private static final boolean RABBIT = ClassUtils.isPresent("com.rabbitmq.client.Channel", null);

		public PlainApplication() {
		}

		@Override
		public String call() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Plain.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.properties(RABBIT ? "gestalt.amqp.embedded.enabled=false" : "spring.application.name=plain")
				.run("--gestalt.tcp.server.orders.port=0", "--spring.main.banner-mode=off")) {
				return "%s, %d of meters, %d of observations".formatted(context.getBean(Endpoint.class).state(),
						context.containsBean("gestaltEndpointMeters") ? 1 : 0,
						context.containsBean("gestaltMessageObserver") ? 1 : 0);
			}
		}

	}

	@EnableAutoConfiguration
	static class Plain {

	}

}
