package io.gestalt.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.gestalt.boot.annotation.call.SuspendingMethod;
import io.gestalt.message.Acknowledgment;
import io.gestalt.message.Message;
import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/** Finds the payload in the types of a method, within what is wrapped around it. */
final class PayloadTypes {

	private static final List<Class<?>> WRAPPERS = List.of(Optional.class, Message.class,
			org.springframework.messaging.Message.class, CompletionStage.class, Publisher.class);

	private static final Set<Type> NO_PAYLOADS = Set.of(Peer.class, MessageContext.class, Acknowledgment.class);

	private PayloadTypes() {
	}

	/** The payload within a type, with the type variables of a class resolved. */
	static Type within(Type type, Class<?> owner) {
		Type resolved = GenericTypeResolver.resolveType(type, owner);
		ResolvableType known = ResolvableType.forType(resolved);
		for (Class<?> wrapper : WRAPPERS) {
			if (wrapper.isAssignableFrom(known.toClass())) {
				ResolvableType wrapped = known.as(wrapper).getGeneric(0);
				return (wrapped.getType() instanceof Class || wrapped.hasGenerics()) ? wrapped.getType()
						: wrapped.resolve(Object.class);
			}
		}
		return resolved;
	}

	/** Whether a method has a result that may become a reply. */
	static boolean hasResult(Method method, Class<?> owner) {
		Type type = within(result(method), owner);
		return type != void.class && type != Void.class;
	}

	/** Whether all that a method returns fits into one reply. */
	static boolean isOneReply(Method method, Class<?> owner) {
		ResolvableType result = ResolvableType.forType(GenericTypeResolver.resolveType(result(method), owner));
		Class<?> type = result.toClass();
		if (Mono.class.isAssignableFrom(type)) {
			return !comesLater(result.as(Mono.class).getGeneric(0).toClass());
		}
		if (CompletionStage.class.isAssignableFrom(type) && !KotlinDetector.isSuspendingFunction(method)) {
			return !comesLater(result.as(CompletionStage.class).getGeneric(0).toClass());
		}
		return !comesLater(type);
	}

	private static boolean comesLater(Class<?> type) {
		return Publisher.class.isAssignableFrom(type) || Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	/** What a method returns in the eyes of its author. */
	static Type result(Method method) {
		MethodParameter result = new MethodParameter(method, -1);
		return (result.getParameterType() == void.class) ? void.class : result.getGenericParameterType();
	}

	/** What a listener method may receive and return. */
	static Type[] of(Method method) {
		List<Type> types = new ArrayList<>();
		Type[] parameters = method.getGenericParameterTypes();
		for (Type parameter : Arrays.copyOf(parameters, SuspendingMethod.parameterCount(method))) {
			if (!NO_PAYLOADS.contains(parameter)) {
				types.add(within(parameter, method.getDeclaringClass()));
			}
		}
		if (hasResult(method, method.getDeclaringClass())) {
			types.add(within(result(method), method.getDeclaringClass()));
		}
		return types.toArray(Type[]::new);
	}

}
