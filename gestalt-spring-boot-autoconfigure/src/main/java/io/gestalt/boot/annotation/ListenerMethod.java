package io.gestalt.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.gestalt.boot.annotation.ListenerDeclarationException.Problem;
import io.gestalt.boot.annotation.call.Argument;
import io.gestalt.boot.annotation.call.BeanMethod;
import io.gestalt.boot.annotation.call.SuspendingMethod;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A method that has become a handler.
 *
 * @param description the method in short form
 * @param payloadType what payloads are decoded to, {@code null} if it takes none
 * @param handler calls it
 * @param replies whether senders may expect a reply
 * @param reactive whether it returns before its work is done
 */
record ListenerMethod(String description, @Nullable Type payloadType, MessageHandler<@Nullable Object> handler,
		boolean replies, boolean reactive) {

	/**
	 * Reads a method.
	 * @param method the method as the user declared it
	 * @param owner the class in which it was found
	 * @param bean the bean as others see it, maybe a proxy
	 * @param arguments makes the arguments
	 * @param sendTo where the result goes, {@code null} for back to the sender
	 */
	static ListenerMethod of(Method method, Class<?> owner, Object bean, Arguments arguments,
			@Nullable Endpoint sendTo) {
		checkResult(method, owner);
		ListenerParameters parameters = new ListenerParameters(method, owner, arguments);
		MessageHandler<@Nullable Object> handler = handler(bean, invocable(method, bean), parameters.values());
		boolean replies = sendTo == null && PayloadTypes.hasResult(method, owner);
		return new ListenerMethod(describe(method), parameters.payloadType(),
				(sendTo != null) ? new Forwarding(handler, sendTo) : handler, replies,
				Mono.class.isAssignableFrom(method.getReturnType()));
	}

	private static void checkResult(Method method, Class<?> owner) {
		String description = describe(method);
		if (KotlinDetector.isSuspendingFunction(method) && !SuspendingMethod.possible()) {
			throw new ListenerDeclarationException(Problem.COROUTINES, List.of(description),
					"Listener '%s' suspends, but kotlin-reflect or kotlinx-coroutines-reactor is not on the class path"
						.formatted(description));
		}
		if (!PayloadTypes.isOneReply(method, owner)) {
			throw new ListenerDeclarationException(Problem.MANY_RESULTS, List.of(description),
					"Listener '%s' returns '%s', which does not fit into one reply".formatted(description,
							ResolvableType.forType(PayloadTypes.result(method))));
		}
	}

	private static MessageHandler<@Nullable Object> handler(Object bean, Method method, Argument[] arguments) {
		if (KotlinDetector.isSuspendingFunction(method)) {
			return new SuspendingMethod(bean, method, arguments);
		}
		MessageHandler<@Nullable Object> handler = BeanMethod.handler(bean, method, arguments);
		return method.getReturnType().isAssignableFrom(Flux.class) ? new OneReply(describe(method), handler) : handler;
	}

	private static Method invocable(Method method, Object bean) {
		try {
			return BeanMethod.invocable(method, bean);
		}
		catch (IllegalStateException ex) {
			String description = describe(method);
			throw new ListenerDeclarationException(Problem.NOT_INVOCABLE, List.of(description),
					"Listener '%s' cannot be called through the proxy around its bean: %s".formatted(description,
							ex.getMessage()));
		}
	}

	static String describe(Method method) {
		return BeanMethod.describe(method);
	}

	/**
	 * Lets nothing pass that has many elements, where the method does not say what it
	 * returns.
	 */
	private record OneReply(String method,
			MessageHandler<@Nullable Object> handler) implements MessageHandler<@Nullable Object> {

		@Override
		@SuppressWarnings("NullAway") // the handler of a method checks what it needs
		public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
			Object result = this.handler.handle(payload, context);
			if (result instanceof Publisher<?> && !(result instanceof Mono<?>)) {
				throw new ListenerException(this.method, "'%s' returned a '%s', which does not fit into one reply"
					.formatted(this.method, ClassUtils.getShortName(result.getClass())));
			}
			return result;
		}

	}

	/** Sends results elsewhere; a message is handled when its result is delivered. */
	private record Forwarding(MessageHandler<@Nullable Object> handler,
			Endpoint target) implements MessageHandler<@Nullable Object> {

		@Override
		@SuppressWarnings("NullAway") // the handler of a method checks what it needs
		public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
			Object result = this.handler.handle(payload, context);
			if (result instanceof CompletionStage<?> stage) {
				return stage.thenCompose(this::send);
			}
			if (result instanceof Publisher<?> publisher) {
				return Mono.from(publisher).toFuture().thenCompose(this::send);
			}
			return send(result);
		}

		private CompletableFuture<Void> send(@Nullable Object result) {
			return (result != null) ? this.target.sendAsync(result) : CompletableFuture.allOf();
		}

	}

}
