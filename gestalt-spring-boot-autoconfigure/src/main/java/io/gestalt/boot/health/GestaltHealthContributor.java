package io.gestalt.boot.health;

import java.util.List;
import java.util.stream.Stream;

import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.TimerDescription;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.timer.Timers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/** The health of all endpoints and configured timers, each under its name. */
final class GestaltHealthContributor implements CompositeHealthContributor {

	private final GestaltEndpoints endpoints;

	private final ObjectProvider<Timers> timers;

	private final ObjectProvider<ConfiguredTimers> configured;

	GestaltHealthContributor(GestaltEndpoints endpoints, ObjectProvider<Timers> timers,
			ObjectProvider<ConfiguredTimers> configured) {
		this.endpoints = endpoints;
		this.timers = timers;
		this.configured = configured;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return stream().filter((entry) -> entry.name().equals(name)).findFirst().map(Entry::contributor).orElse(null);
	}

	@Override
	public Stream<Entry> stream() {
		return Stream.concat(
				this.endpoints.all().stream().map((endpoint) -> new Entry(endpoint.name(), indicator(endpoint))),
				this.configured.stream()
					.flatMap((known) -> List.copyOf(known.descriptions()).stream())
					.map((description) -> new Entry(description.name(), indicator(description))));
	}

	private HealthContributor indicator(Endpoint endpoint) {
		return new EndpointHealthIndicator(endpoint, this.endpoints.describe(endpoint.name()));
	}

	private HealthContributor indicator(TimerDescription description) {
		return new TimerHealthIndicator(this.timers.getObject().find(description.name()), description);
	}

}
