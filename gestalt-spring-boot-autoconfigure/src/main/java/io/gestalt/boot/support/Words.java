package io.gestalt.boot.support;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Locale;

import io.gestalt.message.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/** Writes values as users write them in their configuration. */
public final class Words {

	private static final String[] UNITS = { "B", "KB", "MB", "GB", "TB" };

	private static final int STEP = 1024;

	private Words() {
	}

	/** A constant in lower case with hyphens. */
	public static String constant(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** A type without its package and parameters. */
	public static String type(Type type) {
		if (type instanceof Class<?> known) {
			return known.getSimpleName();
		}
		return (type instanceof ParameterizedType generic) ? type(generic.getRawType()) : type.getTypeName();
	}

	/** The type of a payload, or of that of a message, or {@code none}. */
	public static String payloadType(@Nullable Object payload) {
		Object value = (payload instanceof Message<?> message) ? message.payload() : payload;
		return (value != null) ? value.getClass().getSimpleName() : "none";
	}

	/** A size in the largest unit that leaves no fraction. */
	public static String size(DataSize size) {
		long number = size.toBytes();
		int unit = 0;
		while (number >= STEP && number % STEP == 0 && unit < UNITS.length - 1) {
			number /= STEP;
			unit++;
		}
		return number + UNITS[unit];
	}

}
