package io.gestalt.boot.health;

import java.util.stream.Stream;

import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/** The health of all endpoints, each under its name. */
final class GestaltHealthContributor implements CompositeHealthContributor {

	private final GestaltEndpoints endpoints;

	GestaltHealthContributor(GestaltEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.endpoints.all()
			.stream()
			.filter((endpoint) -> endpoint.name().equals(name))
			.findFirst()
			.map(this::indicator)
			.orElse(null);
	}

	@Override
	public Stream<Entry> stream() {
		return this.endpoints.all().stream().map((endpoint) -> new Entry(endpoint.name(), indicator(endpoint)));
	}

	private HealthContributor indicator(Endpoint endpoint) {
		return new EndpointHealthIndicator(endpoint, this.endpoints.describe(endpoint.name()));
	}

}
