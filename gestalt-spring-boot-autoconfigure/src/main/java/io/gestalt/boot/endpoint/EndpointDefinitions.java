package io.gestalt.boot.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gestalt.boot.support.EmptyEntryBindHandler;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Registers a bean for each endpoint that is configured. The definitions name a factory
 * method and its argument, so that they can be written down ahead of time.
 */
public final class EndpointDefinitions {

	private static final String PROPERTY = EndpointDefinitions.class.getName() + ".property";

	private static final List<String> SUFFIXES = List.of("", "Endpoint", "Timer");

	private final BeanDefinitionRegistry registry;

	private final Binder binder;

	public EndpointDefinitions(BeanDefinitionRegistry registry, Environment environment) {
		this.registry = registry;
		this.binder = Binder.get(environment);
	}

	/**
	 * Registers the endpoints of one kind.
	 * @return their names
	 * @throws DuplicateEndpointException if another kind has one of the names
	 */
	public Set<String> register(EndpointKind kind) {
		Map<String, ?> endpoints = this.binder
			.bind(kind.prefix(), Bindable.mapOf(String.class, kind.properties()), new EmptyEntryBindHandler())
			.orElse(Map.of());
		endpoints.keySet().forEach((name) -> register(kind, name));
		return endpoints.keySet();
	}

	private void register(EndpointKind kind, String name) {
		String property = kind.prefix() + "." + name;
		rejectDuplicate(name, property);
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(kind.type());
		definition.setFactoryBeanName(kind.factoryBean());
		definition.setFactoryMethodName(kind.factoryMethod());
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		definition.setAttribute(PROPERTY, property);
		this.registry.registerBeanDefinition(beanName(name, kind), definition);
	}

	private void rejectDuplicate(String name, String property) {
		for (String suffix : SUFFIXES) {
			Object other = propertyOf(name + suffix);
			if (other instanceof String text && text.endsWith("." + name)) {
				throw new DuplicateEndpointException(name, text, property);
			}
		}
	}

	private Object propertyOf(String beanName) {
		BeanDefinition definition = this.registry.containsBeanDefinition(beanName)
				? this.registry.getBeanDefinition(beanName) : new RootBeanDefinition();
		Object property = definition.getAttribute(PROPERTY);
		return (property != null) ? property : "";
	}

	/** A component such as 'Orders' may have taken the name before. */
	private String beanName(String name, EndpointKind kind) {
		return this.registry.containsBeanDefinition(name) ? name + kind.suffix() : name;
	}

}
