package io.gestalt.boot.unknown;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.gestalt.message.GestaltException;

/** Properties that nobody reads. */
final class UnknownPropertyException extends GestaltException {

	private final List<UnknownProperty> properties;

	UnknownPropertyException(Collection<UnknownProperty> properties) {
		super(properties.stream()
			.map((property) -> "%s is unknown".formatted(property))
			.collect(Collectors.joining(", ")));
		this.properties = List.copyOf(properties);
	}

	List<UnknownProperty> properties() {
		return this.properties;
	}

}
