package io.gestalt.boot.timer;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.gestalt.boot.annotation.call.AnnotatedBeans;
import io.gestalt.boot.annotation.call.BeanMethod;
import io.gestalt.boot.timer.TimerDeclarationException.Problem;
import io.gestalt.timer.TimerHandler;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Finds the methods that are to be run by timers. */
final class TimerMethods {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Target target;

	private final Map<String, String> known = new HashMap<>();

	TimerMethods(ConfigurableListableBeanFactory beanFactory, Target target) {
		this.beanFactory = beanFactory;
		this.target = target;
	}

	/** Gives all methods to their timers. */
	void assemble() {
		new AnnotatedBeans(this.beanFactory, List.of(GestaltTimer.class)).visit(this::add);
	}

	private boolean add(String bean, Class<?> type) {
		Map<Method, GestaltTimer> methods = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, GestaltTimer.class));
		methods.forEach((method, annotation) -> add(annotation, method, this.beanFactory.getBean(bean)));
		return !methods.isEmpty();
	}

	private void add(GestaltTimer annotation, Method method, Object bean) {
		String timer = String.valueOf(this.beanFactory.resolveEmbeddedValue(annotation.value()));
		String description = BeanMethod.describe(method);
		String other = this.known.putIfAbsent(timer, description);
		if (other != null) {
			throw new TimerDeclarationException(Problem.TWO_METHODS, timer, "Timer '%s' has two methods, '%s'"
				.formatted(timer, String.join("' and '", new TreeSet<>(List.of(other, description)))));
		}
		this.target.handle(timer, annotation, TimerMethod.of(timer, method, bean));
	}

	/** Where methods go. */
	@FunctionalInterface
	interface Target {

		void handle(String timer, GestaltTimer annotation, TimerHandler handler);

	}

}
