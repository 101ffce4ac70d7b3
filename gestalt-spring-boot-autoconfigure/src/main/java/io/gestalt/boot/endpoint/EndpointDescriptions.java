package io.gestalt.boot.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** The descriptions of the endpoints that were created so far. */
final class EndpointDescriptions {

	private final Map<String, EndpointDescription> byName = new ConcurrentHashMap<>();

	void add(EndpointDescription description) {
		this.byName.put(description.name(), description);
	}

	@Nullable EndpointDescription find(String name) {
		return this.byName.get(name);
	}

	EndpointDescription of(Endpoint endpoint) {
		return this.byName.computeIfAbsent(endpoint.name(), (name) -> EndpointDescription.of(endpoint));
	}

}
