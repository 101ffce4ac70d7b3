package io.gestalt.boot.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.message.Counter;
import io.gestalt.test.process.JavaProcess;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends JVMs that answer, and looks at what becomes of the questions. */
@ExtendWith(RabbitExtension.class)
@Timeout(600)
@Tag("slow")
class ResponderProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int COUNT = 400;

	private final String service = "desk." + UUID.randomUUID();

	private RabbitBroker broker;

	@BeforeEach
	void find(RabbitBroker shared) {
		this.broker = shared;
	}

	@AfterEach
	void close() throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(this.broker.host());
		factory.setPort(this.broker.port());
		try (Connection connection = factory.newConnection(); Channel channel = connection.createChannel()) {
			channel.queueDelete(this.service);
		}
	}

	private JavaProcess start(String clerk) throws Exception {
		List<String> arguments = Stream
			.concat(Stream.of(this.broker.properties()),
					Stream.of("server.port=0", "clerk=" + clerk, "pace=5ms",
							"gestalt.amqp.responder.desk.service=" + this.service))
			.map((property) -> "--" + property)
			.toList();
		JavaProcess application = JavaProcess.start(AnsweringApplication.class, List.of("-Xmx128m"), arguments);
		application.awaitOutput("Started AnsweringApplication", PATIENCE);
		return application;
	}

	private ApplicationContextRunner requester() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					RabbitAutoConfiguration.class, AmqpAutoConfiguration.class))
			.withPropertyValues(this.broker.properties())
			.withPropertyValues("gestalt.amqp.requester.quotes.service=" + this.service,
					"gestalt.amqp.requester.quotes.request-timeout=90s");
	}

	private static List<CompletableFuture<String>> ask(AmqpRequester quotes) {
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < COUNT; i++) {
			replies.add(quotes.request(i, String.class));
		}
		return replies;
	}

	private static List<String> answers(List<CompletableFuture<String>> replies) throws Exception {
		List<String> answers = new ArrayList<>();
		for (CompletableFuture<String> reply : replies) {
			answers.add(reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
		}
		return answers;
	}

	@Test
	void anotherAnswersWhatAKilledOneHasAccepted() throws Exception {
		try (JavaProcess doomed = start("doomed")) {
			requester().run((context) -> {
				AmqpRequester quotes = context.getBean("quotes", AmqpRequester.class);
				List<CompletableFuture<String>> replies = ask(quotes);
				doomed.awaitOutput("begun 20", PATIENCE);
				doomed.close();
				assertThat(doomed.awaitExit(PATIENCE)).isNotNull();
				try (JavaProcess heir = start("heir")) {
					List<String> answers = answers(replies);
					for (int i = 0; i < COUNT; i++) {
						assertThat(answers.get(i)).isIn(i + " by doomed", i + " by heir");
					}
					assertThat(answers).anyMatch((answer) -> answer.endsWith("doomed"))
						.anyMatch((answer) -> answer.endsWith("heir"));
					assertThat(quotes.pending()).isZero();
					assertThat(quotes.counters().get(Counter.REQUEST_TIMEOUTS)).isZero();
				}
			});
		}
	}

	@Test
	void callersAreToldInTimeThatNobodyIsLeft() throws Exception {
		try (JavaProcess doomed = start("doomed")) {
			requester().withPropertyValues("gestalt.amqp.requester.quotes.request-timeout=15s").run((context) -> {
				AmqpRequester quotes = context.getBean("quotes", AmqpRequester.class);
				List<CompletableFuture<String>> replies = ask(quotes);
				doomed.awaitOutput("begun 20", PATIENCE);
				doomed.close();
				CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
					.handle((done, failure) -> failure)
					.get(30, TimeUnit.SECONDS);
				long expired = quotes.counters().get(Counter.EXPIRED);
				assertThat(expired).isPositive();
				assertThat(replies.stream().filter(CompletableFuture::isCompletedExceptionally))
					.hasSize((int) (expired + quotes.counters().get(Counter.REQUEST_TIMEOUTS)));
				assertThat(quotes.pending()).isZero();
			});
		}
	}

}
