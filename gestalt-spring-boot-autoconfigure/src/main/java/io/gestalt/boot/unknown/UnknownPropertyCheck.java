package io.gestalt.boot.unknown;

import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Stops the start for properties that nobody reads. Known is what is bound to the
 * configuration properties of the application, so that each feature brings its own.
 */
public final class UnknownPropertyCheck implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(UnknownPropertyCheck.class);

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("gestalt");

	private final Environment environment;

	private final Map<String, UnknownProperty> unknown = new LinkedHashMap<>();

	public UnknownPropertyCheck(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		UnknownProperties search = new UnknownProperties(ROOT, BoundKeys.below(ROOT, beanFactory));
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			boolean shared = SharedSource.is(source);
			search.in(source).forEach((property) -> judge(property, shared));
		}
		if (!this.unknown.isEmpty()) {
			throw new UnknownPropertyException(this.unknown.values());
		}
	}

	/** Others, too, write into shared sources: there it must look like a slip of ours. */
	private void judge(UnknownProperty property, boolean shared) {
		if (shared && SharedSource.isServiceLink(property)) {
			return;
		}
		if (!shared || property.suggestion().isPresent()) {
			this.unknown.putIfAbsent(property.branch(), property);
		}
		else {
			logger.warn("Property '{}' (from {}) is unknown and has no effect", property.name(), property.origin());
		}
	}

}
