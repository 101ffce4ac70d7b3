package io.gestalt.boot.annotation.call;

import java.lang.reflect.Method;

import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/**
 * Calls a suspending function of a bean, and gives what it returns as a {@code Mono}. The
 * function starts on the thread of its caller.
 */
@SuppressWarnings("ArrayRecordComponent")
public record SuspendingMethod(Object bean, Method method,
		Argument[] arguments) implements MessageHandler<@Nullable Object> {

	private static final boolean POSSIBLE = KotlinDetector.isKotlinReflectPresent()
			&& ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", SuspendingMethod.class.getClassLoader());

	/** Whether the libraries are there without which it cannot be called. */
	public static boolean possible() {
		return POSSIBLE;
	}

	/** How many parameters a method has in the eyes of its author. */
	public static int parameterCount(Method method) {
		return method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
	}

	@Override
	public Object handle(@Nullable Object payload, MessageContext context) {
		@Nullable Object[] values = new Object[this.arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments[i].of(payload, context);
		}
		return CoroutinesUtils.invokeSuspendingFunction(this.method, this.bean, values);
	}

}
