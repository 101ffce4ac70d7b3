package io.gestalt.benchmarks.amqp.spring;

import java.util.HashMap;
import java.util.Map;

import io.gestalt.benchmarks.amqp.workload.Place;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Nothing but what Spring Boot configures. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BootApplication {

	/** Starts an application with these beans besides. */
	static ConfigurableApplicationContext run(Place place, Map<String, ?> properties, Object... beans) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("spring.main.banner-mode", "off");
		all.put("spring.rabbitmq.addresses", place.broker());
		all.put("benchmark.queue", place.queue());
		return new SpringApplicationBuilder(BootApplication.class).web(WebApplicationType.NONE)
			.properties(all)
			.initializers((context) -> {
				for (Object bean : beans) {
					register((GenericApplicationContext) context, bean);
				}
			})
			.run();
	}

	@SuppressWarnings("unchecked")
	private static void register(GenericApplicationContext context, Object bean) {
		context.registerBean((Class<Object>) bean.getClass(), () -> bean);
	}

}
