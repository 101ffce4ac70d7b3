package io.gestalt.boot.endpoint;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.gestalt.boot.properties.ListenerProperties;
import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/** All endpoints of the application by their names: configured ones, and other beans. */
public final class GestaltEndpoints {

	private final ObjectProvider<Endpoint> beans;

	private final EndpointDescriptions descriptions;

	private final Map<String, ListenerProperties> listeners;

	private volatile @Nullable Map<String, Endpoint> byName;

	GestaltEndpoints(ObjectProvider<Endpoint> beans, EndpointDescriptions descriptions,
			Map<String, ListenerProperties> listeners) {
		this.beans = beans;
		this.descriptions = descriptions;
		this.listeners = Map.copyOf(listeners);
	}

	/**
	 * Finds an endpoint.
	 * @param name the name that the user gave it
	 * @throws UnknownEndpointException if there is none of that name
	 */
	public Endpoint get(String name) {
		Endpoint endpoint = byName().get(name);
		if (endpoint == null) {
			throw new UnknownEndpointException(name, byName().keySet());
		}
		return endpoint;
	}

	/** All endpoints in the order of their names. */
	public Collection<Endpoint> all() {
		return byName().values();
	}

	/**
	 * What the configuration says of an endpoint.
	 * @throws UnknownEndpointException if there is none of that name
	 */
	public EndpointDescription describe(String name) {
		EndpointDescription description = this.descriptions.of(get(name));
		Boolean autoStartup = listenerProperties(name).autoStartup();
		return (autoStartup != null) ? description.autoStartup(autoStartup) : description;
	}

	/** What {@code gestalt.listener} says of the listener of an endpoint. */
	public ListenerProperties listenerProperties(String name) {
		return this.listeners.getOrDefault(name, ListenerProperties.UNSET);
	}

	private Map<String, Endpoint> byName() {
		Map<String, Endpoint> known = this.byName;
		if (known == null) {
			known = collect();
			this.byName = known;
		}
		return known;
	}

	private Map<String, Endpoint> collect() {
		Map<String, Endpoint> found = new TreeMap<>();
		this.beans.stream().forEach((endpoint) -> {
			if (found.putIfAbsent(endpoint.name(), endpoint) != null) {
				throw new DuplicateEndpointException(endpoint.name(), place(found.get(endpoint.name())),
						place(endpoint));
			}
		});
		for (String listener : this.listeners.keySet()) {
			if (!found.containsKey(listener)) {
				throw new UnknownEndpointException(listener, found.keySet(), "gestalt.listener." + listener);
			}
		}
		return Collections.unmodifiableMap(found);
	}

	private String place(@Nullable Endpoint endpoint) {
		return (endpoint != null) ? "a bean of type " + endpoint.getClass().getName() : "";
	}

}
