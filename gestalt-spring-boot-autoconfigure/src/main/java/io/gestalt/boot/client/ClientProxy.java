package io.gestalt.boot.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Turns calls of a client interface into messages. */
final class ClientProxy implements InvocationHandler {

	private final Class<?> type;

	private final Endpoint endpoint;

	private final Map<Method, ClientMethod> methods = new HashMap<>();

	private final Map<Method, MethodHandle> defaults = new HashMap<>();

	private ClientProxy(Class<?> type, Endpoint endpoint) {
		this.type = type;
		this.endpoint = endpoint;
		for (Method method : type.getMethods()) {
			if (method.isDefault()) {
				this.defaults.put(method, handle(method));
			}
			else if (!Modifier.isStatic(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method)) {
				this.methods.put(method, ClientMethod.of(method, type));
			}
		}
	}

	static <T> T create(Class<T> type, Endpoint endpoint) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				new ClientProxy(type, endpoint)));
	}

	private static MethodHandle handle(Method method) {
		try {
			Class<?> owner = method.getDeclaringClass();
			return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).unreflectSpecial(method, owner);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Method '%s' is not accessible".formatted(method), ex);
		}
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
		ClientMethod known = this.methods.get(method);
		if (known != null) {
			return known.invoke(this.endpoint, args);
		}
		MethodHandle handle = this.defaults.get(method);
		if (handle != null) {
			return handle.bindTo(proxy).invokeWithArguments((args != null) ? args : new Object[0]);
		}
		return switch (method.getName()) {
			case "equals" -> args != null && proxy == args[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> "%s of endpoint '%s'".formatted(ClassUtils.getShortName(this.type), this.endpoint.name());
		};
	}

}
