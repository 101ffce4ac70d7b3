package io.gestalt.boot.annotation.call;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Set;
import java.util.HashSet;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;

/** Finds the beans whose classes may bear annotations, behind whatever proxies. */
public final class AnnotatedBeans {

	private static final Logger logger = LoggerFactory.getLogger(AnnotatedBeans.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final Collection<Class<? extends Annotation>> annotations;

	public AnnotatedBeans(ConfigurableListableBeanFactory beanFactory,
			Collection<Class<? extends Annotation>> annotations) {
		this.beanFactory = beanFactory;
		this.annotations = annotations;
	}

	/**
	 * Visits all beans whose classes may bear one of the annotations.
	 * @param visitor gets the name and the class of each, and says whether the class
	 * really does
	 */
	public void visit(BiPredicate<String, Class<?>> visitor) {
		Set<Class<?>> without = new HashSet<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : type(name);
			if (type != null && !without.contains(type) && isCandidate(type) && !visitor.test(name, type)) {
				without.add(type);
			}
		}
	}

	private @Nullable Class<?> type(String name) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			return (type != null && Proxy.isProxyClass(type) && SpringProxy.class.isAssignableFrom(type))
					? AopProxyUtils.ultimateTargetClass(this.beanFactory.getBean(name)) : type;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Bean '{}' has a type that cannot be resolved", name, ex);
			return null;
		}
	}

	private boolean isCandidate(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, this.annotations)
				&& !type.getName().startsWith("org.springframework.");
	}

}
