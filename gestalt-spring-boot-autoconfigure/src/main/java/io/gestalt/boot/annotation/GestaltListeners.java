package io.gestalt.boot.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import io.gestalt.boot.annotation.ListenerDeclarationException.Problem;
import io.gestalt.boot.annotation.call.AnnotatedBeans;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;

/**
 * Finds the beans that are marked with {@link GestaltListener} and gives them to their
 * endpoints, when all singletons are there and before any endpoint is open. A lazy bean
 * with a listener is created then.
 */
public final class GestaltListeners implements SmartInitializingSingleton, BeanFactoryAware {

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory beans = this.beanFactory;
		Assert.state(beans != null, "There is no bean factory");
		ListenerAssembly assembly = new ListenerAssembly(beans, beans.getBean(EndpointLookup.class));
		new AnnotatedBeans(beans, List.of(GestaltListener.class, GestaltHandler.class))
			.visit((name, type) -> addListeners(assembly, beans, name, type));
	}

	private static boolean addListeners(ListenerAssembly assembly, ConfigurableListableBeanFactory beans, String name,
			Class<?> type) {
		GestaltListener onType = AnnotatedElementUtils.findMergedAnnotation(type, GestaltListener.class);
		Map<Method, GestaltListener> listeners = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, GestaltListener.class));
		Map<Method, GestaltHandler> handlers = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, GestaltHandler.class));
		if (onType == null && listeners.isEmpty() && handlers.isEmpty()) {
			return false;
		}
		if (onType == null && !handlers.isEmpty()) {
			List<String> methods = handlers.keySet().stream().map(ListenerMethod::describe).toList();
			throw new ListenerDeclarationException(Problem.HANDLER_WITHOUT_LISTENER, methods,
					"Handler '%s' is in a class that is no listener".formatted(String.join("', '", methods)));
		}
		Object bean = beans.getBean(name);
		if (onType != null) {
			assembly.add(onType, handlers, type, bean);
		}
		listeners.forEach((method, listener) -> assembly.add(listener, method, type, bean));
		return true;
	}

}
