package io.gestalt.boot.annotation.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/**
 * Calls a method of a bean through a method handle whose shape is known where it is
 * called: for up to three parameters there is no array, no boxing of what is no primitive
 * and no reflection on the way.
 */
public final class BeanMethod {

	private BeanMethod() {
	}

	/** Makes a handler of a method and of what makes its arguments. */
	public static MessageHandler<@Nullable Object> handler(Object bean, Method method, Argument... arguments) {
		MethodHandle handle = bind(bean, method);
		MethodHandle erased = handle.asType(MethodType.genericMethodType(arguments.length));
		return switch (arguments.length) {
			case 0 -> new Plain(erased);
			case 1 -> new One(erased, arguments[0]);
			case 2 -> new Two(erased, arguments[0], arguments[1]);
			case 3 -> new Three(erased, arguments[0], arguments[1], arguments[2]);
			default -> new Many(erased.asSpreader(Object[].class, arguments.length), arguments);
		};
	}

	/**
	 * The method by which the bean of a method is called as others see it, maybe through
	 * a proxy.
	 * @throws IllegalStateException if the proxy does not have it
	 */
	public static Method invocable(Method method, Object bean) {
		if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
			throw new IllegalStateException("it is final, so that the proxy cannot override it");
		}
		return AopUtils.selectInvocableMethod(method, bean.getClass());
	}

	/** A method in short form, {@code Orders.place(Order)}. */
	public static String describe(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.limit(SuspendingMethod.parameterCount(method))
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ",
					ClassUtils.getShortName(method.getDeclaringClass()) + "." + method.getName() + "(", ")"));
	}

	/** A method that is no part of an exported API may still be a listener. */
	private static MethodHandle bind(Object bean, Method method) {
		try {
			method.setAccessible(true);
			MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
			return Modifier.isStatic(method.getModifiers()) ? handle : handle.bindTo(bean);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Method '%s' is not accessible".formatted(method), ex);
		}
	}

	private static Exception exception(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof Exception exception) ? exception : new UndeclaredThrowableException(ex);
	}

	private record Plain(MethodHandle method) implements MessageHandler<@Nullable Object> {

		@Override
		public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
			try {
				return (Object) this.method.invokeExact();
			}
			catch (Throwable ex) {
				throw exception(ex);
			}
		}

	}

	private record One(MethodHandle method, Argument first) implements MessageHandler<@Nullable Object> {

		@Override
		public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
			try {
				return (Object) this.method.invokeExact(this.first.of(payload, context));
			}
			catch (Throwable ex) {
				throw exception(ex);
			}
		}

	}

	private record Two(MethodHandle method, Argument first,
			Argument second) implements MessageHandler<@Nullable Object> {

		@Override
		public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
			try {
				return (Object) this.method.invokeExact(this.first.of(payload, context),
						this.second.of(payload, context));
			}
			catch (Throwable ex) {
				throw exception(ex);
			}
		}

	}

	private record Three(MethodHandle method, Argument first, Argument second,
			Argument third) implements MessageHandler<@Nullable Object> {

		@Override
		public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
			try {
				return (Object) this.method.invokeExact(this.first.of(payload, context),
						this.second.of(payload, context), this.third.of(payload, context));
			}
			catch (Throwable ex) {
				throw exception(ex);
			}
		}

	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Many(MethodHandle method, Argument[] arguments) implements MessageHandler<@Nullable Object> {

		@Override
		public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
			@Nullable Object[] values = new Object[this.arguments.length];
			for (int i = 0; i < values.length; i++) {
				values[i] = this.arguments[i].of(payload, context);
			}
			try {
				return (Object) this.method.invokeExact(values);
			}
			catch (Throwable ex) {
				throw exception(ex);
			}
		}

	}

}
