package io.gestalt.amqp.contract;

import java.util.List;
import java.util.Map;

import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.AmqpResponder;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.amqp.embedded.EmbeddedBrokerAutoConfiguration;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.client.ClientAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot application with AMQP endpoints. */
record Application(ConfigurableApplicationContext context) implements AutoCloseable {

	@SuppressWarnings("unchecked")
	static Application start(List<Object> handlers, Map<String, String> properties) {
		String[] arguments = properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		return new Application(new SpringApplicationBuilder(Endpoints.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.initializers((context) -> handlers.forEach((handler) -> ((GenericApplicationContext) context).registerBean(
					"handler" + handlers.indexOf(handler), (Class<Object>) handler.getClass(), () -> handler)))
			.run(arguments));
	}

	AmqpPublisher prices() {
		return this.context.getBean("prices", AmqpPublisher.class);
	}

	AmqpSubscriber ticks() {
		return this.context.getBean("ticks", AmqpSubscriber.class);
	}

	AmqpRequester quotes() {
		return this.context.getBean("quotes", AmqpRequester.class);
	}

	AmqpResponder desk() {
		return this.context.getBean("desk", AmqpResponder.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
			ListenerAutoConfiguration.class, ClientAutoConfiguration.class, EmbeddedBrokerAutoConfiguration.class,
			RabbitAutoConfiguration.class, AmqpAutoConfiguration.class })
	static class Endpoints {

	}

}
