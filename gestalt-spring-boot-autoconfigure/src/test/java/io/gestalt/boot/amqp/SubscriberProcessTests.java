package io.gestalt.boot.amqp;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import io.gestalt.test.process.JavaProcess;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Ends JVMs that consume, and counts from outside what is left. */
@ExtendWith(RabbitExtension.class)
@Timeout(600)
class SubscriberProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int COUNT = 5000;

	private final String exchange = "ticks." + UUID.randomUUID();

	private final String queue = this.exchange + ".pricing";

	private Path file;

	private RabbitBroker broker;

	private CachingConnectionFactory connections;

	private Channel channel;

	@BeforeEach
	void open(RabbitBroker shared, @TempDir Path directory) throws Exception {
		this.broker = shared;
		this.file = Files.createFile(directory.resolve("handled"));
		this.connections = new CachingConnectionFactory(shared.host(), shared.port());
		this.channel = this.connections.createConnection().getDelegate().createChannel();
	}

	@AfterEach
	void close() throws Exception {
		this.channel.queueDelete(this.queue);
		this.channel.queueDelete(this.queue + ".dead-letter");
		this.channel.exchangeDelete(this.exchange);
		this.connections.destroy();
	}

	private JavaProcess start(String pace) throws Exception {
		List<String> arguments = Stream.concat(Stream.of(this.broker.properties()),
				Stream.of("file=" + this.file, "pace=" + pace,
						"gestalt.amqp.subscriber.ticks.exchange=" + this.exchange,
						"gestalt.amqp.subscriber.ticks.group=pricing"))
			.map((property) -> "--" + property)
			.toList();
		JavaProcess application = JavaProcess.start(TickingApplication.class, List.of("-Xmx128m"), arguments);
		application.awaitOutput("Started TickingApplication", PATIENCE);
		return application;
	}

	private void publish(int count) throws Exception {
		this.channel.confirmSelect();
		for (int i = 0; i < count; i++) {
			this.channel.basicPublish(this.exchange, "tick",
					MessageProperties.PERSISTENT_TEXT_PLAIN.builder().contentType("application/json").build(),
					String.valueOf(i).getBytes(StandardCharsets.US_ASCII));
		}
		this.channel.waitForConfirmsOrDie(60_000);
	}

	private List<Integer> handled() throws Exception {
		return Files.readAllLines(this.file).stream().map(Integer::valueOf).toList();
	}

	private void awaitHandled(int atLeast) {
		await().atMost(PATIENCE).until(() -> handled().stream().distinct().count() >= atLeast);
	}

	@Test
	void losesNothingWhenItIsKilled() throws Exception {
		int kills = Boolean.getBoolean("gestalt.long") ? 10 : 2;
		JavaProcess application = start("1ms");
		publish(COUNT);
		for (int i = 1; i <= kills; i++) {
			awaitHandled(i * COUNT / (kills + 2));
			application.close();
			assertThat(application.awaitExit(PATIENCE)).isNotNull();
			application = start("1ms");
		}
		try (JavaProcess last = application) {
			awaitHandled(COUNT);
			assertThat(handled()).hasSameElementsAs(IntStream.range(0, COUNT).boxed().toList())
				.hasSizeLessThan(COUNT + kills * 250 + 1);
			await().atMost(PATIENCE).until(() -> this.channel.messageCount(this.queue) == 0);
			assertThat(this.channel.messageCount(this.queue + ".dead-letter")).isZero();
		}
	}

	@Test
	void returnsWhatIsUnfinishedWhenItIsTerminated() throws Exception {
		int count = 200;
		try (JavaProcess application = start("20ms")) {
			publish(count);
			awaitHandled(10);
			assertThat(this.channel.messageCount(this.queue)).isZero();
			application.terminate();
			assertThat(application.awaitExit(PATIENCE)).isEqualTo(JavaProcess.TERMINATED);
			List<Integer> handled = handled();
			assertThat(handled).containsExactlyElementsOf(IntStream.range(0, handled.size()).boxed().toList());
			int left = count - handled.size();
			await().atMost(PATIENCE).until(() -> this.channel.messageCount(this.queue) == left);
			assertThat(left).isPositive();
			assertThat(application.output()).contains("returned=" + left)
				.containsPattern(
						"Endpoint 'ticks' stopped within \\d+ ms: \\d+ handled, 0 abandoned, 0 dropped, %d returned"
							.formatted(left));
		}
	}

}
