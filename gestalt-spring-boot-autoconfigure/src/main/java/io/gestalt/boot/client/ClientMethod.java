package io.gestalt.boot.client;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.message.Message;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a method of a client interface does.
 *
 * @param name the method in short form
 * @param parameters makes a message of the arguments
 * @param kind how the result comes
 * @param replyType what the reply is decoded to, {@code Void} for none
 * @param required whether an empty reply has no value to stand for it
 */
record ClientMethod(String name, ClientParameters parameters, Kind kind, Type replyType, boolean required) {

	static ClientMethod of(Method method, Class<?> client) {
		String name = ClassUtils.getShortName(client) + "." + method.getName();
		boolean suspends = KotlinDetector.isSuspendingFunction(method);
		check(suspends, name);
		ClientParameters parameters = ClientParameters.of(method, name);
		Type returnType = returnType(method, client);
		Class<?> raw = ResolvableType.forType(returnType).toClass();
		Kind kind = Kind.of(raw);
		Type replyType = switch (kind) {
			case VALUE -> returnType;
			case SEND -> Void.class;
			default -> suspends ? returnType : content(returnType, name);
		};
		Class<?> reply = ResolvableType.forType(replyType).toClass();
		if (kind == Kind.UNSUPPORTED || (Kind.of(reply) != Kind.VALUE && reply != Void.class)) {
			throw new ClientDeclarationException(name, "Client method '%s' returns '%s', which no reply can become"
				.formatted(name, returnType.getTypeName()));
		}
		boolean required = suspends ? Nullness.forMethodReturnType(method) == Nullness.NON_NULL : raw.isPrimitive();
		return new ClientMethod(name, parameters, suspends ? Kind.SUSPEND : kind, replyType, required);
	}

	private static void check(boolean suspends, String name) {
		if (suspends && !Suspension.possible()) {
			throw new ClientDeclarationException(name,
					"Client method '%s' suspends, but kotlin-reflect or kotlinx-coroutines-reactor is not on the class path"
						.formatted(name));
		}
	}

	/** What a method takes in the eyes of its author. */
	static Type[] payloadTypes(Method method) {
		Type[] types = method.getGenericParameterTypes();
		return KotlinDetector.isSuspendingFunction(method) ? Arrays.copyOf(types, types.length - 1) : types;
	}

	private static Type returnType(Method method, Class<?> client) {
		MethodParameter result = new MethodParameter(method, -1);
		return (result.getParameterType() == void.class) ? void.class
				: GenericTypeResolver.resolveType(result.getGenericParameterType(), client);
	}

	private static Type content(Type type, String name) {
		ResolvableType content = ResolvableType.forType(type).getGeneric(0);
		if (content.resolve() == null) {
			throw new ClientDeclarationException(name,
					"Client method '%s' returns '%s', which does not say what is in it".formatted(name,
							type.getTypeName()));
		}
		return (content.getType() instanceof Class || content.hasGenerics()) ? content.getType() : content.toClass();
	}

	@Nullable Object invoke(Endpoint endpoint, @Nullable Object[] args) {
		Object payload = this.parameters.message(args);
		return switch (this.kind) {
			case SEND -> {
				new Waiting(endpoint).forDelivery(() -> endpoint.sendAsync(payload));
				yield null;
			}
			case VALUE -> value(endpoint, new Waiting(endpoint).forReply(() -> ask(endpoint, payload)));
			case OPTIONAL -> Optional.ofNullable(new Waiting(endpoint).forReply(() -> ask(endpoint, payload)));
			case FUTURE -> ask(endpoint, payload);
			case MONO -> Mono.fromFuture(() -> ask(endpoint, payload));
			case SUSPEND -> suspend(endpoint, payload, Objects.requireNonNull(args[args.length - 1]));
			case UNSUPPORTED -> throw new IllegalStateException(this.name);
		};
	}

	private @Nullable Object value(Endpoint endpoint, @Nullable Object reply) {
		if (reply == null && this.required) {
			throw empty(endpoint);
		}
		return reply;
	}

	private @Nullable Object suspend(Endpoint endpoint, @Nullable Object payload, Object continuation) {
		Mono<?> reply = Mono.fromFuture(() -> ask(endpoint, payload));
		if (this.replyType == Void.class) {
			return Suspension.forDelivery(reply, continuation);
		}
		Mono<?> empty = this.required ? Mono.error(() -> empty(endpoint)) : Mono.empty();
		return Suspension.forReply(reply.cast(Object.class).switchIfEmpty(empty), continuation);
	}

	private EndpointException empty(Endpoint endpoint) {
		return new EndpointException(endpoint.name(), "Endpoint '%s' got an empty reply, but '%s' returns a %s"
			.formatted(endpoint.name(), this.name, this.replyType.getTypeName()));
	}

	private CompletableFuture<?> ask(Endpoint endpoint, @Nullable Object payload) {
		return (this.replyType == Void.class) ? endpoint.sendAsync(payload)
				: endpoint.request(payload, this.replyType, null);
	}

	/** How the result of a client method comes. */
	enum Kind {

		SEND, VALUE, OPTIONAL, FUTURE, MONO, SUSPEND, UNSUPPORTED;

		static Kind of(Class<?> returnType) {
			if (returnType == void.class || returnType == Void.class) {
				return SEND;
			}
			if (returnType == Optional.class) {
				return OPTIONAL;
			}
			if (returnType == CompletableFuture.class || returnType == CompletionStage.class) {
				return FUTURE;
			}
			if (returnType == Mono.class) {
				return MONO;
			}
			boolean unsupported = Publisher.class.isAssignableFrom(returnType)
					|| java.util.concurrent.Future.class.isAssignableFrom(returnType)
					|| Message.class.isAssignableFrom(returnType)
					|| org.springframework.messaging.Message.class.isAssignableFrom(returnType)
					|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(returnType) != null;
			return unsupported ? UNSUPPORTED : VALUE;
		}

	}

}
