package io.gestalt.boot.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.AmqpHeaders;
import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.annotation.RoutingKey;
import io.gestalt.boot.client.ClientAutoConfiguration;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.client.GestaltClientFactory;
import io.gestalt.boot.client.GestaltOperations;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.message.Message;
import io.gestalt.message.SendException;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(120)
class AmqpAutoConfigurationTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final String exchange = "market." + UUID.randomUUID();

	private RabbitBroker broker;

	private ApplicationContextRunner runner;

	@BeforeEach
	void run(RabbitBroker shared) {
		this.broker = shared;
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					ListenerAutoConfiguration.class, ClientAutoConfiguration.class, RabbitAutoConfiguration.class,
					AmqpAutoConfiguration.class))
			.withPropertyValues(shared.properties());
	}

	private ApplicationContextRunner publisher(String... properties) {
		return this.runner.withPropertyValues("gestalt.amqp.publisher.prices.exchange=" + this.exchange)
			.withPropertyValues(properties);
	}

	private static Channel channel(ApplicationContext context) {
		return context.getBean(ConnectionFactory.class).createConnection().createChannel(false);
	}

	/** A queue for all that goes to the exchange. */
	private String subscribe(Channel channel) throws Exception {
		String queue = channel.queueDeclare().getQueue();
		channel.queueBind(queue, this.exchange, "#");
		return queue;
	}

	@Test
	void connectsToNothingWithoutEndpoints() {
		try (FaultProxy proxy = new FaultProxy(this.broker.host(), this.broker.port())) {
			this.runner.withPropertyValues("spring.rabbitmq.port=" + proxy.port()).run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(Endpoint.class);
				assertThat(context.getSourceApplicationContext()
					.getBeanFactory()
					.containsSingleton("gestaltAmqpConnections")).isFalse();
				assertThat(proxy.accepted()).isZero();
			});
		}
	}

	@Test
	void backsOffWithoutRabbit() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.amqp", "com.rabbitmq"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("gestaltAmqpEndpointFactory"));
	}

	@Test
	void publishesUnderTheNameOfTheEndpoint() {
		publisher().run((context) -> {
			Channel channel = channel(context);
			String queue = subscribe(channel);
			context.getBean(GestaltOperations.class).send("prices", new Price("EUR", 7));
			GetResponse got = channel.basicGet(queue, true);
			assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("prices");
			assertThat(got.getProps().getContentType()).isEqualTo("application/json");
			assertThat(got.getProps().getContentEncoding()).isEqualTo("utf-8");
			assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
			assertThat(new String(got.getBody(), StandardCharsets.UTF_8))
				.isEqualTo("{\"currency\":\"EUR\",\"value\":7}");
			AmqpPublisher publisher = context.getBean("prices", AmqpPublisher.class);
			assertThat(publisher.counters().get(Counter.SENT)).isEqualTo(1);
			assertThat(publisher.state()).isEqualTo(EndpointState.READY);
			assertThat(publisher.whenConnected().join().address().toString()).contains(":" + this.broker.port());
		});
	}

	@Test
	void publishesUnderTheRoutingKeyOfTheMessage() {
		publisher("gestalt.amqp.publisher.prices.routing-key=price.other").run((context) -> {
			Channel channel = channel(context);
			String queue = subscribe(channel);
			GestaltOperations operations = context.getBean(GestaltOperations.class);
			operations.send("prices", AmqpHeaders.routed("price.eur", new Price("EUR", 7)));
			operations.send("prices", new Message<>(new Price("EUR", 8), 0, Map.of("trace", "abc", "count", 3)));
			GetResponse first = channel.basicGet(queue, true);
			assertThat(first.getEnvelope().getRoutingKey()).isEqualTo("price.eur");
			assertThat(first.getProps().getHeaders()).isNullOrEmpty();
			GetResponse second = channel.basicGet(queue, true);
			assertThat(second.getEnvelope().getRoutingKey()).isEqualTo("price.other");
			assertThat(second.getProps().getHeaders()).hasToString("{trace=abc, count=3}");
		});
	}

	@Test
	void publishesWhatAClientSays() {
		publisher().withUserConfiguration(ClientConfiguration.class).run((context) -> {
			Channel channel = channel(context);
			String queue = subscribe(channel);
			Prices prices = context.getBean(Prices.class);
			prices.publish("price.chf", new Price("CHF", 9), "abc", Map.of("source", "test"));
			prices.publish("price.chf", new Price("CHF", 9), null, Map.of());
			GetResponse got = channel.basicGet(queue, true);
			assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("price.chf");
			assertThat(got.getProps().getHeaders().get("trace")).hasToString("abc");
			assertThat(got.getProps().getHeaders().get("source")).hasToString("test");
			assertThat(channel.basicGet(queue, true).getProps().getHeaders()).isNullOrEmpty();
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> prices.publish(null, new Price("CHF", 9), null, Map.of()))
				.withMessage("Client method 'AmqpAutoConfigurationTests.Prices.publish' needs a value for header "
						+ "'amqp_routingKey'");
		});
	}

	@Test
	void tellsWhatNoQueueWants() {
		publisher("gestalt.amqp.publisher.prices.mandatory=true").run((context) -> {
			GestaltOperations operations = context.getBean(GestaltOperations.class);
			assertThatExceptionOfType(SendException.class)
				.isThrownBy(() -> operations.send("prices", new Price("EUR", 7)))
				.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(Counter.RETURNED));
		});
	}

	@Test
	void isNoRequester() {
		publisher().run((context) -> assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> context.getBean("prices", Endpoint.class).request("?", String.class).join())
			.withCauseInstanceOf(EndpointException.class)
			.withMessageContaining("Endpoint 'prices' publishes and gets no replies"));
	}

	@Test
	void startsBeforeTheBrokerDoes() {
		try (FaultProxy proxy = new FaultProxy(this.broker.host(), this.broker.port()).refuse(true)) {
			publisher("spring.rabbitmq.port=" + proxy.port(), "gestalt.defaults.reconnect.max-interval=200ms")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					AmqpPublisher publisher = context.getBean("prices", AmqpPublisher.class);
					assertThat(publisher.state()).isEqualTo(EndpointState.CONNECTING);
					assertThat(publisher.lastError()).isNotNull();
					proxy.heal();
					context.getBean(GestaltOperations.class).send("prices", new Price("EUR", 7));
					assertThat(publisher.state()).isEqualTo(EndpointState.READY);
				});
		}
	}

	@Test
	void declaresAnewAfterAReconnect() {
		try (FaultProxy proxy = new FaultProxy(this.broker.host(), this.broker.port())) {
			publisher("spring.rabbitmq.port=" + proxy.port(),
					"gestalt.amqp.publisher.prices.compatibility=python-gestalt")
				.run((context) -> {
					AmqpPublisher publisher = context.getBean("prices", AmqpPublisher.class);
					channel(context).exchangeDelete(this.exchange);
					proxy.cut();
					await().atMost(SOON).until(() -> publisher.counters().get(Counter.CONNECTED) == 2);
					Channel channel = channel(context);
					channel.exchangeDeclare(this.exchange, "topic", false);
					assertThat(channel.isOpen()).isTrue();
				});
		}
	}

	@Test
	void takesTheConnectionThatTheApplicationNames() {
		publisher("spring.rabbitmq.port=1")
			.withBean(RabbitConnectionDetails.class, () -> new RabbitConnectionDetails() {

				@Override
				public List<Address> getAddresses() {
					return List.of(new Address(AmqpAutoConfigurationTests.this.broker.host(),
							AmqpAutoConfigurationTests.this.broker.port()));
				}

			})
			.run((context) -> assertThat(context.getBean("prices", AmqpPublisher.class).state())
				.isEqualTo(EndpointState.READY));
	}

	@Test
	void lackingTopologyCanBeAdded() {
		String queue = this.exchange + ".partition";
		publisher()
			.withBean(TopologyCustomizer.class,
					() -> (endpoint, topology) -> new Topology(topology.exchanges(),
							List.of(new Topology.Queue(queue, false, false, true, Map.of())),
							List.of(new Topology.Binding(this.exchange, queue, "#", Map.of()))))
			.run((context) -> {
				context.getBean(GestaltOperations.class).send("prices", new Price("EUR", 7));
				assertThat(channel(context).basicGet(queue, true)).isNotNull();
			});
	}

	@Test
	void usesAConnectionOfItsOwnToPublish() {
		publisher().run((context) -> {
			AmqpConnections connections = context.getBean(AmqpConnections.class);
			assertThat(connections.publishing()).isNotSameAs(connections.consuming());
			assertThat(connections.consuming()).isSameAs(context.getBean(ConnectionFactory.class));
		});
	}

	record Price(String currency, int value) {
	}

	@GestaltClient("prices")
	interface Prices {

		void publish(@RoutingKey @Nullable String key, Price price,
				@Header(name = "trace", required = false) @Nullable String trace, @Headers Map<String, Object> others);

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientConfiguration {

		@Bean
		GestaltClientFactory<Prices> prices() {
			return new GestaltClientFactory<>(Prices.class);
		}

	}

}
