package io.gestalt.boot.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.endpoint.RequestRejectedException;
import io.gestalt.message.RemoteException;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RPC with a peer that declares and sends exactly what the Python package does. RabbitMQ
 * refuses whatever either side declares otherwise.
 */
@ExtendWith(RabbitExtension.class)
@Timeout(180)
class PythonRpcTests {

	private static final String RETURNS = "rpc.dlx";

	private final String service = "python-" + UUID.randomUUID();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				RabbitAutoConfiguration.class, CodecAutoConfiguration.class, EndpointAutoConfiguration.class,
				LifecycleAutoConfiguration.class, ListenerAutoConfiguration.class, AmqpAutoConfiguration.class));

	private RabbitBroker broker;

	private Connection connection;

	private Channel channel;

	@BeforeEach
	void open(RabbitBroker running) throws Exception {
		this.broker = running;
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(running.host());
		factory.setPort(running.port());
		this.connection = factory.newConnection();
		this.channel = this.connection.createChannel();
	}

	@AfterEach
	void close() throws Exception {
		this.connection.close();
	}

	private ApplicationContextRunner python(String role, String exchange) {
		String prefix = "gestalt.amqp." + role + ".orders.";
		return this.runner.withPropertyValues(this.broker.properties())
			.withPropertyValues(prefix + "service=" + this.service, prefix + "exchange=" + exchange,
					prefix + "compatibility=python-gestalt");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(Delivery delivery) {
		return new String(delivery.getBody(), StandardCharsets.UTF_8);
	}

	private void declareService(String exchange) throws Exception {
		this.channel.exchangeDeclare(RETURNS, "headers", false, true, Map.of());
		this.channel.queueDeclare(this.service, false, false, true, Map.of("x-dead-letter-exchange", RETURNS));
		if (!exchange.isEmpty()) {
			this.channel.exchangeDeclare(exchange, "direct", true);
			this.channel.queueBind(this.service, exchange, this.service);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "python-rpc" })
	void answersAPythonRequester(String exchange) {
		python("responder", exchange).withBean(Orders.class).run((context) -> {
			assertThat(context).hasNotFailed();
			declareService(exchange);
			BlockingQueue<Delivery> replies = new ArrayBlockingQueue<>(10);
			String replyQueue = this.channel.queueDeclare("", false, true, true, Map.of()).getQueue();
			this.channel.queueBind(replyQueue, RETURNS, "", Map.of("From", replyQueue, "x-match", "any"));
			this.channel.basicConsume(replyQueue, true, (tag, reply) -> replies.add(reply), (tag) -> {
			});

			String id = ask(exchange, replyQueue, "[\"tea\", 3]");
			Delivery reply = replies.poll(30, TimeUnit.SECONDS);
			assertThat(text(reply)).isEqualTo("{\"item\":\"tea\",\"quantity\":3}");
			AMQP.BasicProperties properties = reply.getProperties();
			assertThat(properties.getCorrelationId()).isEqualTo(id);
			assertThat(properties.getContentType()).isEqualTo("application/json");
			assertThat(properties.getContentEncoding()).isEqualTo("utf-8");
			assertThat(properties.getHeaders()).isNullOrEmpty();

			for (String bad : new String[] { "[\"fail\", 0]", "no JSON" }) {
				String rejected = ask(exchange, replyQueue, bad);
				Delivery back = replies.poll(30, TimeUnit.SECONDS);
				assertThat(back.getProperties().getCorrelationId()).isEqualTo(rejected);
				assertThat(back.getProperties().getHeaders().get("x-first-death-reason")).hasToString("rejected");
			}
		});
	}

	private String ask(String exchange, String replyQueue, String body) throws Exception {
		String id = UUID.randomUUID().toString();
		this.channel.basicPublish(exchange, this.service, true,
				new AMQP.BasicProperties.Builder().contentType("application/json")
					.contentEncoding("utf-8")
					.correlationId(id)
					.replyTo(replyQueue)
					.expiration("30000")
					.deliveryMode(1)
					.headers(Map.of("From", replyQueue))
					.build(),
				bytes(body));
		return id;
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "python-rpc" })
	void asksAPythonResponder(String exchange) throws Exception {
		declareService(exchange);
		BlockingQueue<Delivery> requests = new ArrayBlockingQueue<>(10);
		this.channel.basicConsume(this.service, false, (tag, request) -> {
			requests.add(request);
			if (text(request).contains("fail")) {
				this.channel.basicReject(request.getEnvelope().getDeliveryTag(), false);
				return;
			}
			this.channel.basicPublish("", request.getProperties().getReplyTo(),
					new AMQP.BasicProperties.Builder().contentType("application/json")
						.contentEncoding("utf-8")
						.correlationId(request.getProperties().getCorrelationId())
						.deliveryMode(1)
						.build(),
					bytes("{\"item\": \"tea\", \"quantity\": 3}"));
			this.channel.basicAck(request.getEnvelope().getDeliveryTag(), false);
		}, (tag) -> {
		});
		python("requester", exchange).run((context) -> {
			assertThat(context).hasNotFailed();
			AmqpRequester requester = context.getBean("orders", AmqpRequester.class);
			assertThat(requester.request(new Object[] { "tea", 3 }, Receipt.class).get(30, TimeUnit.SECONDS))
				.isEqualTo(new Receipt("tea", 3));
			AMQP.BasicProperties request = requests.remove().getProperties();
			assertThat(request.getContentType()).isEqualTo("application/json");
			assertThat(request.getContentEncoding()).isEqualTo("utf-8");
			assertThat(request.getDeliveryMode()).isEqualTo(1);
			assertThat(request.getExpiration()).containsOnlyDigits();
			assertThat(request.getHeaders().get("From")).hasToString(request.getReplyTo());
			CompletableFuture<Receipt> failing = requester.request("fail", Receipt.class);
			assertThat(failing).failsWithin(30, TimeUnit.SECONDS)
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(RequestRejectedException.class);
		});
	}

	record Receipt(String item, int quantity) {
	}

	static class Orders {

		@GestaltListener("orders")
		Map<String, Object> place(Object[] order) {
			if (order[0].equals("fail")) {
				throw new RemoteException("out-of-stock", "Python knows no error replies");
			}
			Map<String, Object> receipt = new java.util.LinkedHashMap<>();
			receipt.put("item", order[0]);
			receipt.put("quantity", order[1]);
			return receipt;
		}

	}

}
