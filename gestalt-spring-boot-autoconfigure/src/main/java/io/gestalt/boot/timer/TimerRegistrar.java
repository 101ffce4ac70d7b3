package io.gestalt.boot.timer;

import io.gestalt.boot.endpoint.EndpointDefinitions;
import io.gestalt.boot.endpoint.EndpointKind;
import io.gestalt.timer.Timer;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a bean for each timer that is configured. */
final class TimerRegistrar implements ImportBeanDefinitionRegistrar {

	static final String FACTORY = "gestaltConfiguredTimers";

	private final Environment environment;

	TimerRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		new EndpointDefinitions(registry, this.environment)
			.register(new EndpointKind("gestalt.timer", TimerProperties.class, Timer.class, FACTORY, "timer"));
	}

}
