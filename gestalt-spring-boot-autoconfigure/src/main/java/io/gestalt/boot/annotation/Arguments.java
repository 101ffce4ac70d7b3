package io.gestalt.boot.annotation;

import java.lang.annotation.Annotation;
import java.util.Optional;

import io.gestalt.boot.annotation.call.Argument;
import io.gestalt.message.Message;
import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.ValueConstants;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/** Makes the arguments of listener methods, with the help of the application's beans. */
final class Arguments {

	private static final Logger logger = LoggerFactory.getLogger(GestaltListener.class);

	private final ConfigurableListableBeanFactory beanFactory;

	Arguments(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	Argument payload(MethodParameter parameter, boolean required, String method) {
		Argument argument = required ? required(method) : (payload, context) -> payload;
		argument = validated(parameter, argument, method);
		if (parameter.getParameterType() == Optional.class) {
			Argument value = argument;
			return (payload, context) -> Optional.ofNullable(value.of(payload, context));
		}
		return argument;
	}

	private static Argument required(String method) {
		return (payload, context) -> checkPresent(payload, method);
	}

	private static Object checkPresent(@Nullable Object payload, String method) {
		if (payload == null) {
			throw new ListenerException(method, "Message has no payload, but '%s' needs one".formatted(method));
		}
		return payload;
	}

	Argument message(String method) {
		return (payload, context) -> new Message<>(checkPresent(payload, method), context.type(), context.headers());
	}

	Argument springMessage(String method) {
		return (payload, context) -> new GenericMessage<>(checkPresent(payload, method), context.headers());
	}

	private Argument validated(MethodParameter parameter, Argument argument, String method) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				Validator validator = this.beanFactory.getBeanProvider(Validator.class).getIfUnique();
				if (validator != null) {
					return (payload, context) -> valid(argument.of(payload, context), validator, hints, method);
				}
				logger.warn("Payload of '{}' is not validated, for there is no bean of type {}", method,
						Validator.class.getName());
			}
		}
		return argument;
	}

	private static @Nullable Object valid(@Nullable Object payload, Validator validator, Object[] hints,
			String method) {
		if (payload == null) {
			return null;
		}
		Errors errors = new BeanPropertyBindingResult(payload, "payload");
		if (hints.length > 0 && validator instanceof SmartValidator smart) {
			smart.validate(payload, errors, hints);
		}
		else {
			validator.validate(payload, errors);
		}
		if (errors.hasErrors()) {
			throw new ListenerException(method, "Payload for '%s' is not valid: %s".formatted(method,
					errors.getAllErrors().stream().map(Object::toString).toList()));
		}
		return payload;
	}

	Argument header(MethodParameter parameter, Header header, String method) {
		String name = header.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : header.name();
		ConversionService configured = this.beanFactory.getConversionService();
		ConversionService conversion = (configured != null) ? configured
				: ApplicationConversionService.getSharedInstance();
		TypeDescriptor target = new TypeDescriptor(parameter.nestedIfOptional());
		Object fallback = fallback(header, target, conversion);
		boolean absent = !header.required() || parameter.isOptional();
		boolean required = fallback == null && (!absent || parameter.getParameterType().isPrimitive());
		Argument value = (payload, context) -> {
			Object found = context.headers().get(name);
			if (found == null && required) {
				throw new ListenerException(method,
						"Message has no header '%s', but '%s' needs it".formatted(name, method));
			}
			return (found != null) ? convert(found, target, conversion) : fallback;
		};
		boolean wrapped = parameter.getParameterType() == Optional.class;
		return wrapped ? (payload, context) -> Optional.ofNullable(value.of(payload, context)) : value;
	}

	private static @Nullable Object convert(Object value, TypeDescriptor target, ConversionService conversion) {
		return target.getObjectType().isInstance(value) ? value
				: conversion.convert(value, TypeDescriptor.forObject(value), target);
	}

	private @Nullable Object fallback(Header header, TypeDescriptor target, ConversionService conversion) {
		if (ValueConstants.DEFAULT_NONE.equals(header.defaultValue())) {
			return null;
		}
		String text = this.beanFactory.resolveEmbeddedValue(header.defaultValue());
		return conversion.convert(text, TypeDescriptor.valueOf(String.class), target);
	}

}
