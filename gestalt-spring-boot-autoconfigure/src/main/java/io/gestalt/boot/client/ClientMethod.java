package io.gestalt.boot.client;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
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
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a method of a client interface does.
 *
 * @param name the method in short form
 * @param parameters makes a message of the arguments
 * @param kind how the result comes
 * @param replyType what the reply is decoded to, {@code Void} for none
 * @param primitive whether an empty reply has no value to stand for it
 */
record ClientMethod(String name, ClientParameters parameters, Kind kind, Type replyType, boolean primitive) {

	static ClientMethod of(Method method, Class<?> client) {
		String name = ClassUtils.getShortName(client) + "." + method.getName();
		ClientParameters parameters = ClientParameters.of(method, name);
		Type returnType = GenericTypeResolver.resolveType(method.getGenericReturnType(), client);
		Class<?> raw = ResolvableType.forType(returnType).toClass();
		Kind kind = Kind.of(raw);
		Type replyType = (kind == Kind.VALUE) ? returnType
				: (kind == Kind.SEND) ? Void.class : content(returnType, name);
		Class<?> reply = ResolvableType.forType(replyType).toClass();
		if (kind == Kind.UNSUPPORTED || (Kind.of(reply) != Kind.VALUE && reply != Void.class)) {
			throw new ClientDeclarationException(name, "Client method '%s' returns '%s', which no reply can become"
				.formatted(name, returnType.getTypeName()));
		}
		return new ClientMethod(name, parameters, kind, replyType, raw.isPrimitive());
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

	@Nullable Object invoke(Endpoint endpoint, Object @Nullable [] arguments) {
		Object payload = this.parameters.message(arguments);
		return switch (this.kind) {
			case SEND -> {
				new Waiting(endpoint).forDelivery(() -> endpoint.sendAsync(payload));
				yield null;
			}
			case VALUE -> value(endpoint, new Waiting(endpoint).forReply(() -> ask(endpoint, payload)));
			case OPTIONAL -> Optional.ofNullable(new Waiting(endpoint).forReply(() -> ask(endpoint, payload)));
			case FUTURE -> ask(endpoint, payload);
			case MONO -> Mono.fromFuture(() -> ask(endpoint, payload));
			case UNSUPPORTED -> throw new IllegalStateException(this.name);
		};
	}

	private @Nullable Object value(Endpoint endpoint, @Nullable Object reply) {
		if (reply == null && this.primitive) {
			throw new EndpointException(endpoint.name(), "Endpoint '%s' got an empty reply, but '%s' returns a %s"
				.formatted(endpoint.name(), this.name, this.replyType.getTypeName()));
		}
		return reply;
	}

	private CompletableFuture<?> ask(Endpoint endpoint, @Nullable Object payload) {
		return (this.replyType == Void.class) ? endpoint.sendAsync(payload)
				: endpoint.request(payload, this.replyType, null);
	}

	/** How the result of a client method comes. */
	enum Kind {

		SEND, VALUE, OPTIONAL, FUTURE, MONO, UNSUPPORTED;

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
					|| org.springframework.messaging.Message.class.isAssignableFrom(returnType);
			return unsupported ? UNSUPPORTED : VALUE;
		}

	}

}
