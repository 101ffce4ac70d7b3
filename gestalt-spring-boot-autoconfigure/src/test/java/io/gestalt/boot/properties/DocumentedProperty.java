package io.gestalt.boot.properties;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * A property as users see it.
 *
 * @param name full name, with an asterisk for the name that the user chooses
 * @param type what it is bound to
 * @param description a sentence
 * @param defaultText the default as the sentence states it, {@code null} for none
 * @param defaultValue the default as it really is, {@code null} for none
 */
record DocumentedProperty(String name, Type type, String description, @Nullable String defaultText,
		@Nullable Object defaultValue) {

	String typeName() {
		return this.type.getTypeName();
	}

	String shortTypeName() {
		return typeName().replaceAll("[\\w.]+[.$]", "");
	}

}
