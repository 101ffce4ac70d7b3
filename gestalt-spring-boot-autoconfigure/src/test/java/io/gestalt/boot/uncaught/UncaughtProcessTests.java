package io.gestalt.boot.uncaught;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.test.process.JavaProcess;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks from outside at how applications end that have met an error. */
@ExtendWith(RabbitExtension.class)
@Timeout(300)
@Tag("slow")
class UncaughtProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final String suffix = UUID.randomUUID().toString();

	private static JavaProcess start(String... more) {
		return JavaProcess.start(FaultyApplication.class, List.of("-Xmx128m"),
				Stream.concat(Stream.of("gestalt.uncaught=exit", "gestalt.tcp.server.orders.port=0",
						"gestalt.tcp.server.orders.framing.codec=faulty", "gestalt.defaults.codec.serializer=text"),
						Stream.of(more))
					.map((property) -> "--" + property)
					.toList());
	}

	private static void send(JavaProcess application, String endpoint, String message) throws Exception {
		String port = application.awaitOutput("Endpoint '%s' listens on \\S+:(\\d+):".formatted(endpoint), PATIENCE)
			.group(1);
		application.awaitOutput("Started FaultyApplication", PATIENCE);
		try (Socket socket = new Socket("localhost", Integer.parseInt(port))) {
			socket.setSoTimeout((int) PATIENCE.toMillis());
			socket.getOutputStream().write((message + "\n").getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().readAllBytes();
		}
	}

	private static void assertThatItExits(JavaProcess application) throws InterruptedException {
		assertThat(application.awaitExit(PATIENCE)).as(application.output()).isEqualTo(70);
		assertThat(application.output()).containsOnlyOnce("The application exits with 70")
			.contains("Exit code event 70")
			.containsPattern("\\d endpoints stopped within \\d+ ms");
	}

	@ParameterizedTest
	@CsvSource({ "overflow, worker, StackOverflowError", "memory, event-loop, OutOfMemoryError",
			"?, worker, IllegalStateException: Failed codec" })
	void exitsAfterAnErrorOfAHandlerOrACodec(String message, String execution, String error) throws Exception {
		try (JavaProcess application = start("gestalt.listener.orders.execution=" + execution)) {
			send(application, "orders", message);
			assertThatItExits(application);
			assertThat(application.output()).contains("Endpoint 'orders' met an error that nobody handles", error);
		}
	}

	@Test
	void exitsAfterAnErrorThatAFutureEndsWith() throws Exception {
		try (JavaProcess application = start("gestalt.tcp.server.later.port=0",
				"gestalt.tcp.server.later.framing.type=line")) {
			send(application, "later", "hello");
			assertThatItExits(application);
			assertThat(application.output()).contains("AssertionError: Failed later");
		}
	}

	@Test
	void exitsAfterAnErrorOfATimer() throws Exception {
		try (JavaProcess application = start("gestalt.timer.poll.initial-delay=0s")) {
			assertThatItExits(application);
			assertThat(application.output()).contains("StackOverflowError: Failed timer");
		}
	}

	@ParameterizedTest
	@CsvSource({ "gestalt.amqp.subscriber.ticks.queue-name,gestalt.amqp.subscriber.ticks.exchange=amq.topic",
			"gestalt.amqp.responder.desk.service,gestalt.amqp.responder.desk.concurrency=1" })
	void exitsAfterAnErrorOfAConsumer(String queue, String more, RabbitBroker broker) throws Exception {
		String name = "faulty." + this.suffix;
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(broker.host());
		factory.setPort(broker.port());
		try (JavaProcess application = start(
				Stream.concat(Stream.of(broker.properties()), Stream.of(queue + "=" + name, more))
					.toArray(String[]::new));
				Connection connection = factory.newConnection()) {
			Channel channel = connection.createChannel();
			application.awaitOutput("Started FaultyApplication", PATIENCE);
			channel.basicPublish("", name, null, "hello".getBytes(StandardCharsets.US_ASCII));
			assertThatItExits(application);
			assertThat(application.output()).contains("NoClassDefFoundError: Missing");
			channel.queueDelete(name);
			channel.queueDelete(name + ".dead-letter");
		}
	}

}
