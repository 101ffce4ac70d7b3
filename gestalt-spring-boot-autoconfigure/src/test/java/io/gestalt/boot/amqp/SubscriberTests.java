package io.gestalt.boot.amqp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Acknowledgment;
import io.gestalt.message.Counter;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(180)
class SubscriberTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final String exchange = "ticks." + UUID.randomUUID();

	private final String queue = this.exchange + ".pricing";

	private final String deadLetters = this.queue + ".dead-letter";

	private ApplicationContextRunner runner;

	private CachingConnectionFactory connections;

	private Channel channel;

	@BeforeEach
	void run(RabbitBroker broker) {
		this.connections = new CachingConnectionFactory(broker.host(), broker.port());
		this.channel = this.connections.createConnection().createChannel(false);
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					ListenerAutoConfiguration.class, RabbitAutoConfiguration.class, TcpAutoConfiguration.class,
					AmqpAutoConfiguration.class))
			.withPropertyValues(broker.properties());
	}

	@AfterEach
	void close() throws Exception {
		for (String name : List.of(this.queue, this.deadLetters)) {
			this.connections.createConnection().createChannel(false).queueDelete(name);
		}
		this.connections.createConnection().createChannel(false).exchangeDelete(this.exchange);
		this.connections.destroy();
	}

	private ApplicationContextRunner subscriber(Object handler, String... properties) {
		return this.runner
			.withPropertyValues("gestalt.amqp.subscriber.ticks.exchange=" + this.exchange,
					"gestalt.amqp.subscriber.ticks.group=pricing",
					"gestalt.amqp.subscriber.ticks.retry.initial-interval=10ms")
			.withPropertyValues(Stream.of(properties)
				.map((property) -> property.startsWith("gestalt") ? property
						: "gestalt.amqp.subscriber.ticks." + property)
				.toArray(String[]::new))
			.withBean("handler", Object.class, () -> handler);
	}

	private void publish(int from, int to) throws Exception {
		for (int i = from; i < to; i++) {
			publish(String.valueOf(i), new AMQP.BasicProperties.Builder());
		}
	}

	private void publish(String text, AMQP.BasicProperties.Builder properties) throws Exception {
		this.channel.basicPublish(this.exchange, "tick", properties.contentType("application/json").build(),
				text.getBytes(StandardCharsets.UTF_8));
	}

	private long depth(String name) throws Exception {
		return this.connections.createConnection().createChannel(false).messageCount(name);
	}

	private static AmqpSubscriber subscriber(ApplicationContext context) {
		return context.getBean("ticks", AmqpSubscriber.class);
	}

	private static List<Integer> numbers(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	@Test
	void oneHandlerServesTcpAndAmqpByPropertiesAlone() throws Exception {
		Orders orders = new Orders();
		this.runner.withBean("handler", Object.class, () -> orders)
			.withPropertyValues("gestalt.tcp.server.orders.port=0")
			.run((context) -> {
				Endpoint server = context.getBean("orders", Endpoint.class);
				int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
				this.runner.withPropertyValues("gestalt.tcp.client.shop.target=localhost:" + port).run((shop) -> {
					Receipt receipt = shop.getBean("shop", Endpoint.class)
						.request(new Order("a", 2), Receipt.class)
						.get();
					assertThat(receipt).isEqualTo(new Receipt("a"));
				});
			});
		this.runner.withBean("handler", Object.class, () -> orders)
			.withPropertyValues("gestalt.amqp.subscriber.orders.exchange=" + this.exchange,
					"gestalt.amqp.subscriber.orders.group=pricing")
			.run((context) -> {
				String replies = this.channel.queueDeclare().getQueue();
				publish("{\"id\": \"b\", \"quantity\": 3}",
						new AMQP.BasicProperties.Builder().replyTo(replies).correlationId("7"));
				await().atMost(SOON).until(() -> this.channel.messageCount(replies) == 1);
				GetResponse reply = this.channel.basicGet(replies, true);
				assertThat(reply.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("{\"id\":\"b\"}");
				assertThat(reply.getProps().getCorrelationId()).isEqualTo("7");
			});
		assertThat(orders.placed).containsExactly(new Order("a", 2), new Order("b", 3));
	}

	@Test
	void sendsResultsToAnotherEndpoint() {
		subscriber(new Doubling(), "gestalt.amqp.publisher.doubled.exchange=amq.topic",
				"gestalt.amqp.publisher.doubled.routing-key=" + this.exchange)
			.run((context) -> {
				String results = this.channel.queueDeclare().getQueue();
				this.channel.queueBind(results, "amq.topic", this.exchange);
				publish(21, 22);
				await().atMost(SOON).until(() -> this.channel.messageCount(results) == 1);
				assertThat(this.channel.basicGet(results, true).getBody()).asString(StandardCharsets.UTF_8)
					.isEqualTo("42");
			});
	}

	@Test
	void sharesTheWorkOfAGroup() {
		Ticks one = new Ticks();
		Ticks two = new Ticks();
		subscriber(one, "prefetch=1").run((first) -> subscriber(two, "prefetch=1").run((second) -> {
			publish(0, 400);
			await().atMost(SOON).until(() -> one.seen.size() + two.seen.size() == 400);
			assertThat(Stream.concat(one.seen.stream(), two.seen.stream()).sorted())
				.containsExactlyElementsOf(numbers(0, 400));
			assertThat(one.seen).isNotEmpty();
			assertThat(two.seen).isNotEmpty();
		}));
	}

	@Test
	void broadcastsToEveryInstance() {
		Ticks one = new Ticks();
		Ticks two = new Ticks();
		subscriber(one, "mode=broadcast").run((first) -> subscriber(two, "mode=broadcast").run((second) -> {
			publish(0, 100);
			await().atMost(SOON).until(() -> one.seen.size() == 100 && two.seen.size() == 100);
		}));
		assertThat(one.seen).containsExactlyElementsOf(two.seen);
	}

	@Test
	void lastingQueuesKeepWhatComesWhileNobodyIsThere() {
		Ticks ticks = new Ticks();
		subscriber(ticks).run((context) -> publish(0, 10));
		await().atMost(SOON).until(() -> ticks.seen.size() + depth(this.queue) == 10);
		subscriber(ticks).withPropertyValues("gestalt.amqp.subscriber.ticks.auto-startup=false")
			.run((context) -> publish(10, 20));
		subscriber(ticks).run((context) -> await().atMost(SOON).until(() -> ticks.seen.size() == 20));
		assertThat(ticks.seen).containsExactlyInAnyOrderElementsOf(numbers(0, 20));
	}

	@ParameterizedTest
	@ValueSource(strings = { "quorum", "classic" })
	void anExclusiveSubscriberIsFollowedByTheNext(String type) {
		Ticks one = new Ticks();
		Ticks two = new Ticks();
		String[] exclusive = { "mode=exclusive", "queue-type=" + type };
		subscriber(two, exclusive).withPropertyValues("gestalt.amqp.subscriber.ticks.auto-startup=false")
			.run((second) -> {
				subscriber(one, exclusive).run((first) -> {
					subscriber(second).start();
					publish(0, 100);
					await().atMost(SOON).until(() -> one.seen.size() == 100);
				});
				publish(100, 200);
				await().atMost(SOON).until(() -> two.seen.size() == 100);
				assertThat(subscriber(second).state()).isEqualTo(EndpointState.READY);
				subscriber(second).stop(Duration.ofSeconds(5));
			});
		assertThat(one.seen).containsExactlyElementsOf(numbers(0, 100));
		assertThat(two.seen).containsExactlyElementsOf(numbers(100, 200));
	}

	@Test
	void oneActiveConsumerKeepsTheOrderOverAllInstances() {
		Ticks both = new Ticks();
		subscriber(both, "single-active-consumer=true", "prefetch=5").run((first) -> {
			subscriber(both, "single-active-consumer=true").run((second) -> {
				publish(0, 500);
				await().atMost(SOON).until(() -> both.seen.size() > 100);
				subscriber(first).stop(Duration.ofSeconds(5));
				await().atMost(SOON).until(() -> both.seen.size() == 500);
			});
		});
		assertThat(both.seen).containsExactlyElementsOf(numbers(0, 500));
	}

	@Test
	void readsAStreamFromItsBeginningAndGoesOnWhereItWas() {
		Ticks early = new Ticks();
		Ticks late = new Ticks();
		subscriber(early, "queue-type=stream", "offset=first").run((first) -> {
			publish(0, 100);
			await().atMost(SOON).until(() -> early.seen.size() == 100);
			first.getBean(CachingConnectionFactory.class).resetConnection();
			await().atMost(SOON).until(() -> subscriber(first).counters().get(Counter.CONNECTED) == 2);
			publish(100, 150);
			await().atMost(SOON).until(() -> early.seen.size() >= 150);
			subscriber(late, "queue-type=stream", "offset=120").run((second) -> {
				await().atMost(SOON).until(() -> late.seen.size() == 30);
			});
		});
		assertThat(early.seen).containsExactlyElementsOf(numbers(0, 150));
		assertThat(late.seen).containsExactlyElementsOf(numbers(120, 150));
	}

	@Test
	void collectsBatches() {
		Batches batches = new Batches();
		subscriber(batches, "batch.size=10", "batch.timeout=200ms").run((context) -> {
			publish(0, 95);
			await().atMost(SOON).until(() -> batches.seen.stream().mapToInt(List::size).sum() == 95);
		});
		assertThat(batches.seen.stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(0, 95));
		assertThat(batches.seen).allMatch((batch) -> batch.size() <= 10);
	}

	@Test
	void replaysWhatAHandlerHasRejected() {
		Moody moody = new Moody();
		subscriber(moody, "ack=manual").run((context) -> {
			publish(0, 10);
			await().atMost(SOON).until(() -> depth(this.deadLetters) == 5);
			AmqpSubscriber subscriber = subscriber(context);
			assertThat(subscriber.counters().get(Counter.DEAD_LETTERED)).isEqualTo(5);
			moody.content = true;
			assertThat(subscriber.replay(3)).isEqualTo(3);
			await().atMost(SOON).until(() -> moody.seen.size() == 8);
		});
	}

	@Test
	void boundsHowOftenAMessageMayEndItsConsumer() throws Exception {
		subscriber(new Ticks()).run((context) -> assertThat(context).hasNotFailed());
		publish(1, 2);
		for (int i = 0; i < 21; i++) {
			Channel doomed = this.connections.createConnection().getDelegate().createChannel();
			await().atMost(SOON)
				.until(() -> doomed.basicGet(this.queue, false) != null || depth(this.deadLetters) == 1);
			doomed.abort();
		}
		await().atMost(SOON).until(() -> depth(this.deadLetters) == 1);
	}

	@Test
	void servesWhatPythonPublishes() throws Exception {
		Ticks ticks = new Ticks();
		this.runner.withBean("handler", Object.class, () -> ticks)
			.withPropertyValues("gestalt.amqp.subscriber.ticks.compatibility=python-gestalt",
					"gestalt.amqp.subscriber.ticks.routing-keys=" + this.exchange)
			.run((context) -> {
				AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().contentType("application/json")
					.contentEncoding("utf-8")
					.headers(Map.of())
					.deliveryMode(1)
					.build();
				for (int i = 0; i < 10; i++) {
					this.channel.basicPublish("amq.topic", this.exchange, properties,
							String.valueOf(i).getBytes(StandardCharsets.UTF_8));
				}
				await().atMost(SOON).until(() -> ticks.seen.size() == 10);
			});
		assertThat(ticks.seen).containsExactlyElementsOf(numbers(0, 10));
	}

	@Test
	void takesOneMessageAtATimeAsPythonDoes(RabbitBroker broker) {
		this.runner.withBean("handler", Object.class, Ticks::new)
			.withPropertyValues("gestalt.amqp.subscriber.ticks.compatibility=python-gestalt",
					"gestalt.amqp.subscriber.ticks.queue-name=" + this.queue,
					"gestalt.amqp.subscriber.ticks.routing-keys=" + this.exchange)
			.run((context) -> assertThat(broker.control("-q", "list_consumers", "queue_name", "prefetch_count").lines())
				.anyMatch((line) -> line.startsWith(this.queue + ".") && line.endsWith("\t1")));
	}

	@Test
	void refusesWhatDoesNotGoTogether() {
		for (String[] wrong : new String[][] { { "mode=exclusive", "concurrency=2" },
				{ "queue-type=stream", "concurrency=1-4" }, { "mode=broadcast", "queue-type=quorum" }, { "prefetch=0" },
				{ "retry.attempts=0" }, { "retry.initial-interval=0s" }, { "retry.multiplier=0.5" },
				{ "retry.max-interval=5ms" }, { "batch.size=0" }, { "batch.timeout=-1s" } }) {
			subscriber(new Ticks(), wrong).run((context) -> assertThat(context.getStartupFailure()).as(wrong[0])
				.hasRootCauseInstanceOf(InvalidPropertyException.class));
		}
	}

	record Order(String id, int quantity) {
	}

	record Receipt(String id) {
	}

	static class Orders {

		final Queue<Order> placed = new ConcurrentLinkedQueue<>();

		@GestaltListener("orders")
		Receipt place(Order order, Acknowledgment acknowledgment) {
			this.placed.add(order);
			acknowledgment.acknowledge();
			return new Receipt(order.id());
		}

	}

	static class Ticks {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@GestaltListener("ticks")
		void tick(int number) {
			this.seen.add(number);
		}

	}

	static class Batches {

		final Queue<List<Integer>> seen = new ConcurrentLinkedQueue<>();

		@GestaltListener("ticks")
		void ticks(List<Integer> numbers) {
			this.seen.add(List.copyOf(numbers));
		}

	}

	static class Doubling {

		@GestaltListener("ticks")
		@SendTo("doubled")
		int twice(int number) {
			return number * 2;
		}

	}

	/** Rejects odd numbers until it is content. */
	static class Moody {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		volatile boolean content;

		@GestaltListener("ticks")
		void tick(int number, Acknowledgment acknowledgment) {
			if (number % 2 == 1 && !this.content) {
				acknowledgment.reject(false);
				return;
			}
			this.seen.add(number);
			acknowledgment.acknowledge();
		}

	}

}
