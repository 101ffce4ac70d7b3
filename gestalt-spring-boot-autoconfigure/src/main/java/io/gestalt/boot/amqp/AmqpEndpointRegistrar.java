package io.gestalt.boot.amqp;

import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.AmqpResponder;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.boot.endpoint.EndpointDefinitions;
import io.gestalt.boot.endpoint.EndpointKind;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a bean for each AMQP endpoint that is configured. */
final class AmqpEndpointRegistrar implements ImportBeanDefinitionRegistrar {

	static final String FACTORY = "gestaltAmqpEndpointFactory";

	private final Environment environment;

	AmqpEndpointRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		EndpointDefinitions definitions = new EndpointDefinitions(registry, this.environment);
		definitions.register(new EndpointKind(AmqpProperties.PUBLISHERS, PublisherProperties.class, AmqpPublisher.class,
				FACTORY, "publisher"));
		definitions.register(new EndpointKind(AmqpProperties.SUBSCRIBERS, SubscriberProperties.class,
				AmqpSubscriber.class, FACTORY, "subscriber"));
		definitions.register(new EndpointKind(AmqpProperties.REQUESTERS, RequesterProperties.class, AmqpRequester.class,
				FACTORY, "requester"));
		definitions.register(new EndpointKind(AmqpProperties.RESPONDERS, ResponderProperties.class, AmqpResponder.class,
				FACTORY, "responder"));
	}

}
