package io.gestalt.boot.unknown;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Which keys may follow a key.
 *
 * @param named those that are fixed, by their names with hyphens
 * @param chosen what may follow a name that the user chooses, {@code null} where users
 * choose none
 * @param free whether anything may follow
 */
record KnownKeys(SortedMap<String, KnownKeys> named, @Nullable KnownKeys chosen, boolean free) {

	static final KnownKeys NONE = new KnownKeys(new TreeMap<>(), null, false);

	static final KnownKeys ANY = new KnownKeys(new TreeMap<>(), null, true);

	static KnownKeys ofFixedNames(Map<String, KnownKeys> named) {
		return new KnownKeys(new TreeMap<>(named), null, false);
	}

	static KnownKeys ofAnyName(KnownKeys next) {
		return new KnownKeys(new TreeMap<>(), next, false);
	}

	/** These keys, and others at the end of a path. */
	KnownKeys with(List<String> path, KnownKeys keys) {
		SortedMap<String, KnownKeys> all = new TreeMap<>(this.named);
		if (path.isEmpty()) {
			all.putAll(keys.named);
			return new KnownKeys(all, (this.chosen != null) ? this.chosen : keys.chosen, this.free || keys.free);
		}
		KnownKeys next = all.getOrDefault(path.get(0), NONE);
		all.put(path.get(0), next.with(path.subList(1, path.size()), keys));
		return new KnownKeys(all, this.chosen, this.free);
	}

	/**
	 * What may follow a fixed key.
	 * @param uniform the key without hyphens
	 */
	@Nullable KnownKeys find(String uniform) {
		for (Map.Entry<String, KnownKeys> entry : this.named.entrySet()) {
			if (entry.getKey().replace("-", "").equals(uniform)) {
				return entry.getValue();
			}
		}
		return null;
	}

}
