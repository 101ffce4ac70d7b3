package io.gestalt.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gestalt.boot.annotation.EndpointLookup.ListenerOptions;
import io.gestalt.boot.annotation.ListenerDeclarationException.Problem;
import io.gestalt.boot.annotation.call.HandlerCustomizer;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.MessageHandler;
import io.gestalt.message.MessageTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.SendTo;

/** Puts listeners together and gives them to their endpoints. */
final class ListenerAssembly {

	private final ConfigurableListableBeanFactory beanFactory;

	private final EndpointLookup endpoints;

	private final Arguments arguments;

	private final List<HandlerCustomizer> customizers;

	private final Map<String, String> listeners = new HashMap<>();

	ListenerAssembly(ConfigurableListableBeanFactory beanFactory, EndpointLookup endpoints) {
		this.beanFactory = beanFactory;
		this.endpoints = endpoints;
		this.arguments = new Arguments(beanFactory);
		this.customizers = beanFactory.getBeanProvider(HandlerCustomizer.class).orderedStream().toList();
	}

	/** Makes one method the listener of an endpoint. */
	void add(GestaltListener annotation, Method method, Class<?> owner, Object bean) {
		Endpoint endpoint = claim(annotation, ListenerMethod.describe(method));
		ListenerMethod handler = read(method, owner, bean);
		Type payloadType = payloadType(handler);
		Listener.Builder builder = Listener.builder()
			.other(payloadType, customized(endpoint, payloadType, handler))
			.describe(MessageTypes.NONE, handler.description());
		listen(endpoint, builder, annotation, List.of(handler));
	}

	/** Makes the handlers of a class the listener of an endpoint. */
	void add(GestaltListener annotation, Map<Method, GestaltHandler> methods, Class<?> owner, Object bean) {
		Endpoint endpoint = claim(annotation, owner.getSimpleName());
		Map<Integer, ListenerMethod> handlers = new HashMap<>();
		methods.forEach((method, handler) -> {
			ListenerMethod read = read(method, owner, bean);
			ListenerMethod other = handlers.put(type(handler, read, endpoint), read);
			if (other != null) {
				throw two(Problem.TWO_HANDLERS,
						"Listener of endpoint '%s' has two handlers for one message type".formatted(endpoint.name()),
						other.description(), read.description());
			}
		});
		checkHandlers(handlers.values(), owner, endpoint);
		Listener.Builder builder = Listener.builder();
		handlers.forEach((type, handler) -> {
			Type payloadType = payloadType(handler);
			builder.on(type, payloadType, customized(endpoint, payloadType, handler))
				.describe(type, handler.description());
		});
		listen(endpoint, builder, annotation, handlers.values());
	}

	private static Type payloadType(ListenerMethod method) {
		return (method.payloadType() != null) ? method.payloadType() : Object.class;
	}

	private MessageHandler<?> customized(Endpoint endpoint, Type payloadType, ListenerMethod method) {
		MessageHandler<@Nullable Object> handler = method.handler();
		for (int i = this.customizers.size() - 1; i >= 0; i--) {
			handler = this.customizers.get(i).customize(endpoint.name(), payloadType, handler);
		}
		return handler;
	}

	private Endpoint claim(GestaltListener annotation, String description) {
		Endpoint endpoint = endpoint(annotation.value());
		String other = this.listeners.putIfAbsent(endpoint.name(), description);
		if (other != null) {
			throw two(Problem.TWO_LISTENERS, "Endpoint '%s' has two listeners".formatted(endpoint.name()), other,
					description);
		}
		return endpoint;
	}

	private static ListenerDeclarationException two(Problem problem, String what, String one, String other) {
		List<String> methods = Stream.of(one, other).sorted().toList();
		return new ListenerDeclarationException(problem, methods,
				"%s, '%s'".formatted(what, String.join("' and '", methods)));
	}

	private Endpoint endpoint(String name) {
		return this.endpoints.get(String.valueOf(this.beanFactory.resolveEmbeddedValue(name)));
	}

	private ListenerMethod read(Method method, Class<?> owner, Object bean) {
		return ListenerMethod.of(method, owner, bean, this.arguments, sendTo(method, owner));
	}

	private @Nullable Endpoint sendTo(Method method, Class<?> owner) {
		SendTo annotation = AnnotatedElementUtils.findMergedAnnotation(method, SendTo.class);
		boolean result = PayloadTypes.hasResult(method, owner);
		if (annotation == null && result) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(owner, SendTo.class);
		}
		if (annotation == null) {
			return null;
		}
		if (!result || annotation.value().length != 1) {
			String description = ListenerMethod.describe(method);
			throw new ListenerDeclarationException(Problem.SEND_TO, List.of(description),
					"Listener '%s' cannot send its result to %s".formatted(description,
							!result ? "'%s', it has none".formatted(String.join("', '", annotation.value()))
									: "%d endpoints".formatted(annotation.value().length)));
		}
		return endpoint(annotation.value()[0]);
	}

	private static int type(GestaltHandler annotation, ListenerMethod method, Endpoint endpoint) {
		if (annotation.value() != MessageTypes.NONE) {
			return annotation.value();
		}
		int type = (method.payloadType() instanceof Class<?> payload) ? endpoint.types().idOf(payload)
				: MessageTypes.NONE;
		if (type == MessageTypes.NONE) {
			throw new ListenerDeclarationException(Problem.NO_MESSAGE_TYPE, List.of(method.description()),
					"Handler '%s' names no message type, and its payload has none".formatted(method.description()));
		}
		return type;
	}

	private static void checkHandlers(Collection<ListenerMethod> handlers, Class<?> owner, Endpoint endpoint) {
		if (handlers.isEmpty()) {
			throw new ListenerDeclarationException(Problem.LISTENER_WITHOUT_HANDLERS, List.of(owner.getSimpleName()),
					"Listener '%s' of endpoint '%s' has no handlers".formatted(owner.getSimpleName(), endpoint.name()));
		}
		if (!endpoint.carriesType()) {
			throw new ListenerDeclarationException(Problem.FRAMING_WITHOUT_TYPE,
					handlers.stream().map(ListenerMethod::description).toList(),
					"Listener '%s' chooses handlers by message type, but the framing of endpoint '%s' carries none"
						.formatted(owner.getSimpleName(), endpoint.name()));
		}
	}

	private void listen(Endpoint endpoint, Listener.Builder builder, GestaltListener annotation,
			Collection<ListenerMethod> handlers) {
		String id = annotation.id().isEmpty() ? endpoint.name() : annotation.id();
		ListenerOptions options = this.endpoints.options(id);
		endpoint.listen(builder.replies(handlers.stream().anyMatch(ListenerMethod::replies))
			.concurrency((options.concurrency() != null) ? options.concurrency() : annotation.concurrency())
			.ordering((options.ordering() != null) ? options.ordering() : annotation.ordering())
			.execution((options.execution() != null) ? options.execution() : execution(annotation, handlers))
			.build());
	}

	private static Execution execution(GestaltListener annotation, Collection<ListenerMethod> handlers) {
		if (annotation.execution().length > 1) {
			throw new ListenerDeclarationException(Problem.EXECUTION,
					handlers.stream().map(ListenerMethod::description).toList(),
					"Listener of '%s' names %d kinds of execution".formatted(annotation.value(),
							annotation.execution().length));
		}
		if (annotation.execution().length == 1) {
			return annotation.execution()[0];
		}
		return handlers.stream().allMatch(ListenerMethod::reactive) ? Execution.EVENT_LOOP : Execution.WORKER;
	}

}
