package io.gestalt.boot.client;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gestalt.amqp.AmqpHeaders;
import io.gestalt.boot.annotation.RoutingKey;
import io.gestalt.message.Message;
import io.gestalt.message.MessageTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.ValueConstants;
import org.springframework.util.StringUtils;

/**
 * Makes a message of the arguments of a client method.
 *
 * @param method the method in short form
 * @param payload index of the payload, -1 for none
 * @param headers what travels beside it
 */
record ClientParameters(String method, int payload, List<HeaderParameter> headers) {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	static ClientParameters of(Method method, String name) {
		List<HeaderParameter> headers = new ArrayList<>();
		int payload = -1;
		int payloads = 0;
		for (int i = 0; i < ClientMethod.payloadTypes(method).length; i++) {
			HeaderParameter header = header(method, i);
			if (header != null) {
				headers.add(header);
			}
			else {
				payload = i;
				payloads++;
			}
		}
		if (payloads > 1) {
			throw new ClientDeclarationException(name,
					"Client method '%s' has %d parameters, one can be the payload".formatted(name, payloads));
		}
		return new ClientParameters(name, payload, List.copyOf(headers));
	}

	private static @Nullable HeaderParameter header(Method method, int index) {
		MethodParameter parameter = new SynthesizingMethodParameter(method, index);
		if (parameter.hasParameterAnnotation(RoutingKey.class)) {
			return new HeaderParameter(index, AmqpHeaders.ROUTING_KEY, true, null);
		}
		if (parameter.hasParameterAnnotation(Headers.class)) {
			return new HeaderParameter(index, null, false, null);
		}
		Header header = parameter.getParameterAnnotation(Header.class);
		if (header == null) {
			return null;
		}
		parameter.initParameterNameDiscovery(NAMES);
		String name = StringUtils.hasText(header.name()) ? header.name() : parameter.getParameterName();
		String fallback = header.defaultValue().equals(ValueConstants.DEFAULT_NONE) ? null : header.defaultValue();
		return new HeaderParameter(index, (name != null) ? name : "arg" + index,
				header.required() && fallback == null && !parameter.isOptional(), fallback);
	}

	/** The payload as it is if nothing travels beside it. */
	@Nullable Object message(@Nullable Object[] arguments) {
		Object content = (this.payload >= 0) ? arguments[this.payload] : null;
		if (this.headers.isEmpty()) {
			return content;
		}
		Map<String, Object> values = new LinkedHashMap<>();
		if (content instanceof Message<?> message) {
			values.putAll(message.headers());
		}
		for (HeaderParameter header : this.headers) {
			header.put(arguments[header.index()], this.method, values);
		}
		return message(content, values);
	}

	@SuppressWarnings("NullAway") // a message may be empty
	private static Message<?> message(@Nullable Object content, Map<String, Object> headers) {
		return (content instanceof Message<?> message) ? new Message<>(message.payload(), message.type(), headers)
				: new Message<>(content, MessageTypes.NONE, headers);
	}

	/**
	 * A parameter that travels beside the payload.
	 *
	 * @param index where it is
	 * @param name of the header, {@code null} for a map of headers
	 * @param required whether there must be a value
	 * @param fallback the value if there is none
	 */
	record HeaderParameter(int index, @Nullable String name, boolean required, @Nullable String fallback) {

		void put(@Nullable Object argument, String method, Map<String, Object> headers) {
			Object value = (argument instanceof Optional<?> optional) ? optional.orElse(null) : argument;
			if (this.name == null) {
				if (value instanceof Map<?, ?> map) {
					map.forEach((key, item) -> headers.put(String.valueOf(key), item));
				}
				return;
			}
			Object present = (value != null) ? value : this.fallback;
			if (present != null) {
				headers.put(this.name, present);
			}
			else if (this.required) {
				throw new IllegalArgumentException(
						"Client method '%s' needs a value for header '%s'".formatted(method, this.name));
			}
		}

	}

}
