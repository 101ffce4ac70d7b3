package io.gestalt.boot.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import io.gestalt.boot.WithoutSecurity;
import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.test.process.JavaProcess;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends SIGTERM to a web application while its requests wait for others. */
@ExtendWith(RabbitExtension.class)
@Timeout(180)
class WebTerminationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final String service = "desk." + UUID.randomUUID();

	private final Clerk clerk = new Clerk(new CountDownLatch(2), new CountDownLatch(1));

	@Test
	void aRequestThatWaitsForAReplyIsAnswered(RabbitBroker broker) {
		peers(broker).run((peers) -> {
			try (JavaProcess application = start(broker, peers.getBean(TcpServerEndpoint.class).port())) {
				String port = application.awaitOutput("Tomcat started on port (\\d+)", PATIENCE).group(1);
				application.awaitOutput("Started WebApplication", PATIENCE);
				CompletableFuture<HttpResponse<String>> rate = get(port, "/rate");
				CompletableFuture<HttpResponse<String>> quote = get(port, "/quote");
				assertThat(this.clerk.asked.await(60, TimeUnit.SECONDS)).isTrue();
				application.terminate();
				application.awaitOutput("Commencing graceful shutdown", PATIENCE);
				this.clerk.answers.countDown();
				assertThat(rate.get(60, TimeUnit.SECONDS).body()).isEqualTo("rate of EUR");
				assertThat(quote.get(60, TimeUnit.SECONDS).body()).isEqualTo("quote of ACME");
				assertThat(application.awaitExit(PATIENCE)).isEqualTo(JavaProcess.TERMINATED);
				assertThat(application.output())
					.containsSubsequence("Graceful shutdown complete", "Endpoint 'rates' stopped",
							"endpoints stopped within")
					.containsSubsequence("Graceful shutdown complete", "Endpoint 'quotes' stopped",
							"endpoints stopped within");
			}
			finally {
				try (Channel channel = peers.getBean(ConnectionFactory.class)
					.createConnection()
					.getDelegate()
					.createChannel()) {
					channel.queueDelete(this.service);
				}
			}
		});
	}

	private ApplicationContextRunner peers(RabbitBroker broker) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					ListenerAutoConfiguration.class, TcpAutoConfiguration.class, RabbitAutoConfiguration.class,
					AmqpAutoConfiguration.class))
			.withBean(Clerk.class, () -> this.clerk)
			.withPropertyValues(broker.properties())
			.withPropertyValues("gestalt.tcp.server.bank.port=0", "gestalt.tcp.server.bank.address=127.0.0.1",
					"gestalt.amqp.responder.exchange.service=" + this.service);
	}

	private JavaProcess start(RabbitBroker broker, int port) {
		List<String> arguments = Stream
			.concat(Stream.of(broker.properties()),
					Stream.of("server.port=0", "server.shutdown=graceful", "gestalt.defaults.request-timeout=60s",
							"spring.autoconfigure.exclude=" + WithoutSecurity.EXCLUDED,
							"gestalt.tcp.client.rates.target=127.0.0.1:" + port,
							"gestalt.amqp.requester.quotes.service=" + this.service))
			.map((property) -> "--" + property)
			.toList();
		return JavaProcess.start(WebApplication.class, List.of("-Xmx128m"), arguments);
	}

	private static CompletableFuture<HttpResponse<String>> get(String port, String path) {
		return HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
					BodyHandlers.ofString());
	}

	/** Answers when it may. */
	record Clerk(CountDownLatch asked, CountDownLatch answers) {

		@GestaltListener("bank")
		String rate(String currency) throws InterruptedException {
			return answer("rate of " + currency);
		}

		@GestaltListener("exchange")
		String quote(String symbol) throws InterruptedException {
			return answer("quote of " + symbol);
		}

		private String answer(String text) throws InterruptedException {
			this.asked.countDown();
			return this.answers.await(60, TimeUnit.SECONDS) ? text : "too late";
		}

	}

}
