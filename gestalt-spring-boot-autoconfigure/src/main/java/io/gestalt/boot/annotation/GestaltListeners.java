package io.gestalt.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.gestalt.boot.annotation.ListenerDeclarationException.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.Assert;

/**
 * Finds the beans that are marked with {@link GestaltListener} and gives them to their
 * endpoints, when all singletons are there and before any endpoint is open. A lazy bean
 * with a listener is created then.
 */
public final class GestaltListeners implements SmartInitializingSingleton, BeanFactoryAware {

	private static final Logger logger = LoggerFactory.getLogger(GestaltListeners.class);

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet(64);

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
		for (String name : beans.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : type(beans, name);
			if (type != null && isCandidate(type)) {
				addListeners(assembly, beans, name, type);
			}
		}
		this.withoutListeners.clear();
	}

	private static @Nullable Class<?> type(ConfigurableListableBeanFactory beans, String name) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
			return (type != null && Proxy.isProxyClass(type) && SpringProxy.class.isAssignableFrom(type))
					? AopProxyUtils.ultimateTargetClass(beans.getBean(name)) : type;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Bean '{}' has a type that cannot be resolved", name, ex);
			return null;
		}
	}

	private boolean isCandidate(Class<?> type) {
		return !this.withoutListeners.contains(type)
				&& AnnotationUtils.isCandidateClass(type, List.of(GestaltListener.class, GestaltHandler.class))
				&& !type.getName().startsWith("org.springframework.");
	}

	private void addListeners(ListenerAssembly assembly, ConfigurableListableBeanFactory beans, String name,
			Class<?> type) {
		GestaltListener onType = AnnotatedElementUtils.findMergedAnnotation(type, GestaltListener.class);
		Map<Method, GestaltListener> listeners = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, GestaltListener.class));
		Map<Method, GestaltHandler> handlers = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, GestaltHandler.class));
		if (onType == null && listeners.isEmpty() && handlers.isEmpty()) {
			this.withoutListeners.add(type);
			return;
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
	}

}
