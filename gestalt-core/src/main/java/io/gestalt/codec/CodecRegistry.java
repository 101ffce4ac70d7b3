package io.gestalt.codec;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.gestalt.message.Spelling;
import org.jspecify.annotations.Nullable;

/** Finds codecs of one kind by name, content type or alias, and makes them when asked. */
final class CodecRegistry<T> {

	private final String kind;

	private final Map<String, Entry<T>> byName = new TreeMap<>();

	private final Map<String, Entry<T>> byKey = new HashMap<>();

	private final Set<String> userNames = new HashSet<>();

	CodecRegistry(String kind) {
		this.kind = kind;
	}

	/** Adds a codec that comes with Gestalt. */
	void add(String name, Collection<String> otherKeys, Supplier<T> factory) {
		Entry<T> entry = new Entry<>(factory);
		this.byName.put(name, entry);
		this.byKey.put(name, entry);
		otherKeys.forEach((key) -> this.byKey.put(key, entry));
	}

	/** Adds a codec of the user, which displaces the one of ours with the same name. */
	void addUserDefined(String name, Collection<String> otherKeys, T codec) {
		String key = normalized(name);
		if (!this.userNames.add(key)) {
			throw new IllegalArgumentException("%s '%s' is defined twice".formatted(this.kind, name));
		}
		Entry<T> displaced = this.byName.get(key);
		this.byKey.values().removeIf((entry) -> entry == displaced);
		add(key, otherKeys.stream().map(CodecRegistry::normalized).toList(), () -> codec);
	}

	Set<String> names() {
		return new TreeSet<>(this.byName.keySet());
	}

	T find(String value) {
		Entry<T> entry = this.byKey.get(normalized(value));
		if (entry == null) {
			throw new CodecException(value, unknown(value));
		}
		return entry.get();
	}

	private String unknown(String value) {
		// Two letters make any name of two
		String guess = Spelling.closest(normalized(value), this.byKey.keySet(),
				(known) -> Math.min(2, known.length() - 2));
		String hint = (guess != null) ? ", did you mean '%s'?".formatted(guess) : ",";
		return "%s '%s' is unknown%s known are %s".formatted(this.kind, value, hint, this.byName.keySet());
	}

	private static String normalized(String value) {
		String trimmed = value.trim().toLowerCase(Locale.ROOT);
		int parameters = trimmed.indexOf(';');
		return (parameters < 0) ? trimmed : trimmed.substring(0, parameters).trim();
	}

	private static final class Entry<T> {

		private final Supplier<T> factory;

		private @Nullable T codec;

		private Entry(Supplier<T> factory) {
			this.factory = factory;
		}

		private synchronized T get() {
			T made = this.codec;
			if (made == null) {
				made = this.factory.get();
				this.codec = made;
			}
			return made;
		}

	}

}
