package io.gestalt.boot.test.amqp.broker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Implements wide interfaces of which only some methods are needed. */
public final class Calls {

	private Calls() {
	}

	/**
	 * Makes an object whose calls go to methods of the same name and parameters.
	 * @param type an interface
	 * @param target has some of its methods, maybe without saying so
	 * @param otherwise is called for all others
	 */
	public static <T> T implement(Class<T> type, Object target, InvocationHandler otherwise) {
		InvocationHandler handler = (proxy, method, arguments) -> {
			Method own = find(target.getClass(), method);
			return (own != null) ? invoke(own, target, arguments) : otherwise.invoke(proxy, method, arguments);
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static @Nullable Method find(Class<?> type, Method method) {
		for (Method own : type.getDeclaredMethods()) {
			if (own.getName().equals(method.getName())
					&& Arrays.equals(own.getParameterTypes(), method.getParameterTypes())) {
				own.setAccessible(true);
				return own;
			}
		}
		return null;
	}

	/** Calls a method and throws what it throws. */
	public static @Nullable Object invoke(Method method, Object target, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
