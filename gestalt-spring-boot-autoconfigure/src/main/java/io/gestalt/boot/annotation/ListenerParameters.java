package io.gestalt.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import io.gestalt.boot.annotation.ListenerDeclarationException.Problem;
import io.gestalt.boot.annotation.call.Argument;
import io.gestalt.boot.annotation.call.SuspendingMethod;
import io.gestalt.message.Acknowledgment;
import io.gestalt.message.Message;
import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;

/** Reads what a listener method wants to know of a message. */
final class ListenerParameters {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final String description;

	private final Class<?> owner;

	private final Arguments arguments;

	private final Argument[] values;

	private @Nullable Type payloadType;

	private boolean payload;

	ListenerParameters(Method method, Class<?> owner, Arguments arguments) {
		this.description = ListenerMethod.describe(method);
		this.owner = owner;
		this.arguments = arguments;
		this.values = new Argument[SuspendingMethod.parameterCount(method)];
		for (int i = 0; i < this.values.length; i++) {
			MethodParameter parameter = new SynthesizingMethodParameter(method, i).withContainingClass(owner);
			parameter.initParameterNameDiscovery(NAMES);
			this.values[i] = argument(parameter);
		}
	}

	Argument[] values() {
		return this.values.clone();
	}

	/** What payloads are decoded to, {@code null} if no parameter says so. */
	@Nullable Type payloadType() {
		return this.payloadType;
	}

	private Argument argument(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		Header header = parameter.getParameterAnnotation(Header.class);
		if (header != null) {
			return this.arguments.header(parameter, header, this.description);
		}
		if (parameter.hasParameterAnnotation(Headers.class) && type.isAssignableFrom(Map.class)) {
			return (payload, context) -> context.headers();
		}
		if (type == Peer.class) {
			return (payload, context) -> context.peer();
		}
		if (type == MessageContext.class) {
			return (payload, context) -> context;
		}
		if (type == Acknowledgment.class) {
			return (payload, context) -> context.acknowledgment();
		}
		if (type == Message.class || type == org.springframework.messaging.Message.class) {
			decodeTo(parameter, false);
			return (type == Message.class) ? this.arguments.message(this.description)
					: this.arguments.springMessage(this.description);
		}
		decodeTo(parameter, true);
		return this.arguments.payload(parameter, required(parameter), this.description);
	}

	private boolean required(MethodParameter parameter) {
		Payload annotation = parameter.getParameterAnnotation(Payload.class);
		if (annotation != null && !annotation.expression().isEmpty()) {
			throw new ListenerDeclarationException(Problem.EXPRESSION, List.of(this.description),
					"Listener '%s' asks for the expression '%s' of the payload, which is not supported"
						.formatted(this.description, annotation.expression()));
		}
		boolean absent = parameter.isOptional() || (annotation != null && !annotation.required());
		return !absent || parameter.getParameterType().isPrimitive();
	}

	private void decodeTo(MethodParameter parameter, boolean isPayload) {
		Type type = PayloadTypes.within(parameter.getGenericParameterType(), this.owner);
		if ((this.payload && isPayload) || conflicts(type)) {
			throw new ListenerDeclarationException(Problem.TWO_PAYLOADS, List.of(this.description),
					"Listener '%s' has two parameters that would be the payload".formatted(this.description));
		}
		this.payload |= isPayload;
		this.payloadType = (this.payloadType == null || this.payloadType == Object.class) ? type : this.payloadType;
	}

	private boolean conflicts(Type type) {
		return this.payloadType != null && this.payloadType != Object.class && type != Object.class
				&& !type.equals(this.payloadType);
	}

}
