package io.gestalt.boot.amqp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What a user reads when RabbitMQ does not agree. */
@Timeout(120)
@ExtendWith({ RabbitExtension.class, OutputCaptureExtension.class })
class AmqpFailedStartTests {

	private final String exchange = "market." + UUID.randomUUID();

	private final List<Class<?>> sources = new ArrayList<>(List.of(Application.class));

	private RabbitBroker broker;

	@BeforeEach
	void open(RabbitBroker shared) {
		this.broker = shared;
	}

	private void declare(String type, boolean durable) throws Exception {
		atTheBroker((channel) -> channel.exchangeDeclare(this.exchange, type, durable, false, Map.of()));
	}

	private void atTheBroker(Declaration declaration) throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(this.broker.host());
		factory.setPort(this.broker.port());
		try (Connection connection = factory.newConnection(); Channel channel = connection.createChannel()) {
			declaration.declare(channel);
		}
	}

	private String start(CapturedOutput output, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--gestalt.amqp.publisher.prices.exchange=" + this.exchange));
		for (String[] group : new String[][] { this.broker.properties(), properties }) {
			for (String property : group) {
				arguments.add("--" + property);
			}
		}
		assertThatException().isThrownBy(
				() -> new SpringApplicationBuilder(this.sources.toArray(Class<?>[]::new)).web(WebApplicationType.NONE)
					.run(arguments.toArray(String[]::new))
					.close());
		return output.toString();
	}

	@Test
	void anExchangeOfAnotherType(CapturedOutput output) throws Exception {
		declare("direct", true);
		assertThat(start(output)).contains("APPLICATION FAILED TO START",
				"Endpoint 'prices' needs exchange '%s' with 'type' 'topic', but RabbitMQ has it with 'type' 'direct'."
					.formatted(this.exchange),
				"- Set 'gestalt.amqp.publisher.prices.exchange-type' so that both agree, or give it another name under "
						+ "'gestalt.amqp.publisher.prices'.",
				"delete it at the broker; it is declared anew",
				"set 'gestalt.amqp.topology' to 'verify' (it must exist) or 'none'");
	}

	@Test
	void anExchangeOfThePythonPackage(CapturedOutput output) throws Exception {
		declare("topic", false);
		assertThat(start(output)).contains("with 'durable' 'true', but RabbitMQ has it with 'durable' 'false'.",
				"Set 'gestalt.amqp.publisher.prices.compatibility' so that both agree");
	}

	@Test
	void anExchangeForDeadLettersOfAnotherType(CapturedOutput output) throws Exception {
		declare("topic", true);
		String letters = this.exchange + ".letters";
		atTheBroker((channel) -> channel.exchangeDeclare(letters, "fanout", true));
		assertThat(subscribe(output, "dead-letter.exchange=" + letters)).contains(
				"Endpoint 'ticks' needs exchange '%s' with 'type' 'direct', but RabbitMQ has it with 'type' 'fanout'."
					.formatted(letters),
				"- Give it another name with 'gestalt.amqp.subscriber.ticks.dead-letter.exchange'.");
	}

	@Test
	void aQueueForDeadLettersOfAnotherType(CapturedOutput output) throws Exception {
		String letters = this.exchange + ".pricing.dead-letter";
		atTheBroker((channel) -> channel.queueDeclare(letters, true, false, false, Map.of()));
		assertThat(subscribe(output, "retry.attempts=1")).contains("needs queue '%s' with 'x-".formatted(letters),
				"- Give it another name with 'gestalt.amqp.subscriber.ticks.dead-letter.queue'.",
				"'rabbitmqctl delete_queue %s'".formatted(letters));
	}

	private String subscribe(CapturedOutput output, String property) {
		this.sources.add(Ticks.class);
		String prefix = "gestalt.amqp.subscriber.ticks.";
		return start(output, prefix + "exchange=" + this.exchange, prefix + "group=pricing", prefix + property);
	}

	@Test
	void aServiceThatAnotherApplicationDeclaresOtherwise(CapturedOutput output) throws Exception {
		this.sources.add(Desk.class);
		atTheBroker((channel) -> channel.queueDeclare(this.exchange, true, false, true, Map.of()));
		assertThat(start(output, "gestalt.amqp.responder.desk.service=" + this.exchange)).contains(
				"needs queue '%s' with 'auto_delete' 'false'".formatted(this.exchange),
				"- Set 'gestalt.amqp.responder.desk.compatibility' so that both agree");
	}

	@Test
	void connectionsThatAreNotShared(CapturedOutput output) {
		assertThat(start(output, "spring.rabbitmq.cache.connection.mode=connection")).contains(
				"spring.rabbitmq.cache.connection.mode", "endpoints share connections",
				"Remove it, or set it to 'channel'.");
	}

	@Test
	void repliesThatHaveATimeout(CapturedOutput output) {
		assertThat(start(output, "gestalt.amqp.responder.desk.send-timeout=1s"))
			.contains("gestalt.amqp.responder.desk.send-timeout");
	}

	@Test
	void anExchangeThatIsMissing(CapturedOutput output) {
		assertThat(start(output, "gestalt.amqp.topology=verify")).contains(
				"Endpoint 'prices': RabbitMQ refused exchange '%s': NOT_FOUND - no exchange".formatted(this.exchange),
				"Create it at the broker, or set 'gestalt.amqp.topology' to 'declare'");
	}

	@Test
	void aWrongPassword(CapturedOutput output) {
		assertThat(start(output, "spring.rabbitmq.password=wrong")).contains(
				"RabbitMQ at %s:%d does not let user 'guest' into virtual host '/': ACCESS_REFUSED"
					.formatted(this.broker.host(), this.broker.port()),
				"Set 'spring.rabbitmq.username' and 'spring.rabbitmq.password'");
	}

	@Test
	void aVirtualHostThatIsMissing(CapturedOutput output) {
		assertThat(start(output, "spring.rabbitmq.virtual-host=nowhere")).contains("into virtual host 'nowhere'",
				"Set 'spring.rabbitmq.virtual-host' to one that exists");
	}

	@Test
	void aQueueWithoutACapacity(CapturedOutput output) {
		assertThat(start(output, "gestalt.amqp.publisher.prices.queue.capacity=5")).contains(
				"gestalt.amqp.publisher.prices.queue.capacity", "nothing waits but what is in the window",
				"Remove it, or set 'gestalt.amqp.publisher.prices.window'.");
		assertThat(start(output, "gestalt.amqp.requester.quotes.queue.max-size=1MB")).contains(
				"gestalt.amqp.requester.quotes.queue.max-size",
				"Remove it, or set 'gestalt.amqp.requester.quotes.window'.");
	}

	@Test
	void aQueueThatCannotForget(CapturedOutput output) {
		assertThat(start(output, "gestalt.amqp.publisher.prices.queue.on-full=drop-oldest")).contains(
				"gestalt.amqp.publisher.prices.queue.on-full", "what was published cannot be taken back",
				"Set it to 'block', 'fail' or 'drop-newest'.");
	}

	/** What somebody else has declared. */
	private interface Declaration {

		void declare(Channel channel) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
			ListenerAutoConfiguration.class, RabbitAutoConfiguration.class, AmqpAutoConfiguration.class })
	static class Application {

	}

	static class Ticks {

		@GestaltListener("ticks")
		void tick(int number) {
		}

	}

	static class Desk {

		@GestaltListener("desk")
		int twice(int number) {
			return number * 2;
		}

	}

}
