package io.gestalt.boot.codec;

import io.gestalt.message.MessageTypes;

/** A bean that registers message types besides those under {@code gestalt.types}. */
@FunctionalInterface
public interface MessageTypesCustomizer {

	void customize(MessageTypes.Builder types);

}
