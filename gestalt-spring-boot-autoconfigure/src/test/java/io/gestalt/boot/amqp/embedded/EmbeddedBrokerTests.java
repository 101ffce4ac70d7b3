package io.gestalt.boot.amqp.embedded;

import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedBrokerTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedBrokerAutoConfiguration.class, RabbitAutoConfiguration.class));

	@Test
	void carriesMessagesWithoutAnyInstallation() {
		this.context.run((context) -> {
			RabbitTemplate template = context.getBean(RabbitTemplate.class);
			new RabbitAdmin(template).declareQueue(new Queue("greetings"));
			template.convertAndSend("greetings", "hello");
			assertThat(template.receiveAndConvert("greetings", 10_000)).isEqualTo("hello");
		});
	}

	@Test
	void startsAgainWithANewContext() {
		this.context.run((context) -> assertThat(context).hasNotFailed());
		this.context.run((context) -> assertThat(context).hasSingleBean(EmbeddedBroker.class));
	}

	@Test
	void backsOffWhereARabbitMqIsConfigured() {
		for (String property : new String[] { "spring.rabbitmq.host=rabbit", "spring.rabbitmq.addresses=rabbit:5672",
				"gestalt.amqp.embedded.enabled=false" }) {
			this.context.withPropertyValues(property)
				.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedBroker.class));
		}
		this.context.withBean(ConnectionFactory.class, () -> new CachingConnectionFactory("rabbit"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedBroker.class));
		this.context.withClassLoader(new FilteredClassLoader("org.apache.qpid"))
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedBroker.class));
	}

}
