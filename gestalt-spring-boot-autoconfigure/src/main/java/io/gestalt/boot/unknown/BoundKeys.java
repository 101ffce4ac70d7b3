package io.gestalt.boot.unknown;

import java.util.List;
import java.util.stream.IntStream;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/** Collects the keys that are bound to the configuration properties of an application. */
final class BoundKeys {

	private final ConfigurationPropertyName root;

	private final ConfigurableListableBeanFactory beanFactory;

	private KnownKeys keys = KnownKeys.NONE;

	private BoundKeys(ConfigurationPropertyName root, ConfigurableListableBeanFactory beanFactory) {
		this.root = root;
		this.beanFactory = beanFactory;
	}

	static KnownKeys below(ConfigurationPropertyName root, ConfigurableListableBeanFactory beanFactory) {
		BoundKeys bound = new BoundKeys(root, beanFactory);
		for (String bean : beanFactory.getBeanDefinitionNames()) {
			bound.add(bean);
		}
		return bound.keys;
	}

	private void add(String bean) {
		ConfigurationProperties annotation = this.beanFactory.findAnnotationOnBean(bean, ConfigurationProperties.class,
				false);
		Class<?> type = (annotation != null) ? this.beanFactory.getType(bean, false) : null;
		if (annotation == null || type == null) {
			return;
		}
		ConfigurationPropertyName prefix = ConfigurationPropertyName.adapt(annotation.prefix(), '.');
		if (this.root.equals(prefix) || this.root.isAncestorOf(prefix)) {
			this.keys = this.keys.with(path(prefix),
					type.isRecord() ? RecordKeys.of(ResolvableType.forClass(type)) : KnownKeys.ANY);
		}
	}

	private List<String> path(ConfigurationPropertyName prefix) {
		return IntStream.range(this.root.getNumberOfElements(), prefix.getNumberOfElements())
			.mapToObj((element) -> prefix.getElement(element, Form.DASHED))
			.toList();
	}

}
