package io.gestalt.sample.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A map that forgets what was touched longest ago once it is full. Its methods hold a
 * lock for the time of one look-up.
 */
final class RecentMap<K, V> {

	private final int capacity;

	private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

	RecentMap(int capacity) {
		if (capacity < 1) {
			throw new IllegalArgumentException("Capacity %d is below the limit of 1".formatted(capacity));
		}
		this.capacity = capacity;
	}

	synchronized @Nullable V get(K key) {
		return this.entries.get(key);
	}

	synchronized void put(K key, V value) {
		this.entries.put(key, value);
		if (this.entries.size() > this.capacity) {
			this.entries.remove(this.entries.keySet().iterator().next());
		}
	}

	synchronized void remove(K key) {
		this.entries.remove(key);
	}

	synchronized int size() {
		return this.entries.size();
	}

	synchronized List<V> values() {
		return List.copyOf(this.entries.values());
	}

}
