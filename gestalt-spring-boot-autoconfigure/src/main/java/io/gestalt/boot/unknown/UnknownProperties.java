package io.gestalt.boot.unknown;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds the properties that nobody reads, one for each branch of the tree. */
final class UnknownProperties {

	private final ConfigurationPropertyName root;

	private final KnownKeys keys;

	private final Map<String, UnknownProperty> found = new LinkedHashMap<>();

	/**
	 * Prepares a search.
	 * @param root where the properties are
	 * @param keys the keys below it
	 */
	UnknownProperties(ConfigurationPropertyName root, KnownKeys keys) {
		this.root = root;
		this.keys = keys;
	}

	Collection<UnknownProperty> in(ConfigurationPropertySource source) {
		this.found.clear();
		if (source instanceof IterableConfigurationPropertySource iterable) {
			boolean joined = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
			iterable.stream().filter(this.root::isAncestorOf).forEach((name) -> check(name, joined, source));
		}
		return List.copyOf(this.found.values());
	}

	private void check(ConfigurationPropertyName name, boolean joined, ConfigurationPropertySource source) {
		KnownKeys level = this.keys;
		int index = this.root.getNumberOfElements();
		while (index < name.getNumberOfElements() && !level.free()) {
			int width = width(name, index, level, joined);
			KnownKeys next = (width > 0) ? level.find(text(name, index, width)) : level.chosen();
			if (next == null) {
				report(name, index, level, source.getConfigurationProperty(name));
				return;
			}
			level = next;
			index += Math.max(1, width);
		}
	}

	/**
	 * How many elements make up a fixed key, 0 if none does. An environment variable
	 * separates the words of a key as it separates keys.
	 */
	private static int width(ConfigurationPropertyName name, int index, KnownKeys level, boolean joined) {
		int most = joined ? name.getNumberOfElements() - index : 1;
		return IntStream.rangeClosed(1, most)
			.filter((width) -> level.find(text(name, index, width)) != null)
			.findFirst()
			.orElse(0);
	}

	private static String text(ConfigurationPropertyName name, int index, int width) {
		return IntStream.range(index, index + width)
			.mapToObj((element) -> name.getElement(element, Form.UNIFORM))
			.collect(Collectors.joining());
	}

	private void report(ConfigurationPropertyName name, int index, KnownKeys level,
			@Nullable ConfigurationProperty property) {
		List<String> rest = IntStream.range(index, name.getNumberOfElements())
			.mapToObj((element) -> name.getElement(element, Form.ORIGINAL))
			.toList();
		UnknownProperty unknown = new UnknownProperty(name.toString(), (property != null) ? property.getValue() : null,
				(property != null) ? property.getOrigin() : null, name.chop(index).toString(), rest,
				List.copyOf(level.named().keySet()));
		this.found.putIfAbsent(unknown.branch(), unknown);
	}

}
