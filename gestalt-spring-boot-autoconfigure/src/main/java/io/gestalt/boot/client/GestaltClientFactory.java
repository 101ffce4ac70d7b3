package io.gestalt.boot.client;

import io.gestalt.boot.annotation.EndpointLookup;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.Assert;

/**
 * Makes the bean of a client interface. Declare one for an interface that scanning does
 * not reach, such as one within a test.
 *
 * @param <T> the interface
 */
public class GestaltClientFactory<T> implements FactoryBean<T>, BeanFactoryAware, InitializingBean {

	private final Class<T> type;

	private @Nullable BeanFactory beanFactory;

	private @Nullable T client;

	public GestaltClientFactory(Class<T> type) {
		this.type = type;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterPropertiesSet() {
		BeanFactory beans = this.beanFactory;
		GestaltClient annotation = this.type.getAnnotation(GestaltClient.class);
		Assert.state(beans != null && annotation != null, "A client needs a bean factory and an annotation");
		String name = (beans instanceof ConfigurableBeanFactory configurable)
				? configurable.resolveEmbeddedValue(annotation.value()) : annotation.value();
		this.client = ClientProxy.create(this.type,
				beans.getBean(EndpointLookup.class).get((name != null) ? name : annotation.value()));
	}

	@Override
	public @Nullable T getObject() {
		return this.client;
	}

	@Override
	public Class<T> getObjectType() {
		return this.type;
	}

}
