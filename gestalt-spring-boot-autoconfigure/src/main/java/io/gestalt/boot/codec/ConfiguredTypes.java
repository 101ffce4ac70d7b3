package io.gestalt.boot.codec;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.gestalt.boot.support.InvalidPropertyException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/** Reads the identifiers and class names under {@code gestalt.types}. */
final class ConfiguredTypes {

	private static final String PREFIX = "gestalt.types.";

	private static final long LARGEST = 0xffff_ffffL;

	private ConfiguredTypes() {
	}

	static void read(Map<String, String> types, @Nullable ClassLoader classLoader,
			BiConsumer<Integer, Class<?>> register) {
		types.forEach((id, name) -> register.accept(id(id, name), load(id, name, classLoader)));
	}

	private static int id(String id, String name) {
		try {
			long number = Long.decode(id);
			if (number >= 1 && number <= LARGEST) {
				return (int) number;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		throw new InvalidPropertyException(PREFIX + id, name,
				"a message type identifier is a number from 1 to %d".formatted(LARGEST),
				List.of("Write the identifier as the key and the class as the value, such as "
						+ "'gestalt.types.7: com.example.Position'."));
	}

	private static Class<?> load(String id, String name, @Nullable ClassLoader classLoader) {
		try {
			return ClassUtils.forName(name, classLoader);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw new InvalidPropertyException(PREFIX + id, name, "there is no such class", List
				.of("Check the spelling; a nested class is written with '$', as in " + "'com.example.Outer$Nested'."));
		}
	}

}
