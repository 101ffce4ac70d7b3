package io.gestalt.amqp.cluster;

import java.util.stream.Stream;

import io.gestalt.endpoint.Endpoint;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** One of the instances of an application. */
final class Instance implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Instance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an instance.
	 * @param broker where RabbitMQ is
	 * @param properties those of the application
	 * @param beans its handlers and customizers
	 */
	static Instance start(String[] broker, String[] properties, Object... beans) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties(Stream.of(broker, properties).flatMap(Stream::of).toArray(String[]::new))
			.initializers((context) -> {
				for (int i = 0; i < beans.length; i++) {
					register((GenericApplicationContext) context, "bean" + i, beans[i]);
				}
			});
		return new Instance(builder.run());
	}

	@SuppressWarnings("unchecked")
	private static <T> void register(GenericApplicationContext context, String name, T bean) {
		context.registerBean(name, (Class<T>) bean.getClass(), () -> bean);
	}

	Endpoint endpoint(String name) {
		return this.context.getBean(name, Endpoint.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
