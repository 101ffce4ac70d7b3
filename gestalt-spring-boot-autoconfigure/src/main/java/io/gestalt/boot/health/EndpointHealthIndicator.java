package io.gestalt.boot.health;

import java.util.Locale;

import io.gestalt.boot.endpoint.EndpointDescription;
import io.gestalt.boot.support.Addresses;
import io.gestalt.boot.support.Words;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.SocketEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Says whether one endpoint does its work, from what it knows of itself. */
final class EndpointHealthIndicator implements HealthIndicator {

	/** Boot's order of statuses does not know it, so that it never outweighs another. */
	static final Status DEGRADED = new Status("DEGRADED");

	private final Endpoint endpoint;

	private final EndpointDescription description;

	EndpointHealthIndicator(Endpoint endpoint, EndpointDescription description) {
		this.endpoint = endpoint;
		this.description = description;
	}

	@Override
	public Health health() {
		EndpointState state = this.endpoint.state();
		Health.Builder health = Health.status(status(state)).withDetail("state", word(state));
		if (this.description.place() != null) {
			health.withDetail("description", this.description.place());
		}
		if (!this.endpoint.addresses().isEmpty()) {
			health.withDetail("addresses", this.endpoint.addresses().stream().map(Addresses::text).toList());
		}
		if (this.endpoint instanceof SocketEndpoint && state != EndpointState.STOPPED) {
			health.withDetail("peers", this.endpoint.peers().size());
		}
		health.withDetail("required", this.description.required());
		Throwable error = this.endpoint.lastError();
		if (error != null) {
			health.withDetail("error", text(error));
		}
		return health.build();
	}

	private Status status(EndpointState state) {
		if (state == EndpointState.READY) {
			return Status.UP;
		}
		if (state == EndpointState.STOPPED && !this.description.autoStartup()) {
			return Status.UNKNOWN;
		}
		if (!this.description.required()) {
			return DEGRADED;
		}
		boolean meant = state == EndpointState.STOPPED || state == EndpointState.PAUSED;
		return meant ? Status.OUT_OF_SERVICE : Status.DOWN;
	}

	private String word(EndpointState state) {
		return (state == EndpointState.READY) ? this.description.activity() : Words.constant(state);
	}

	/** Some exceptions have no text, others only the name and text of their cause. */
	static String text(Throwable error) {
		Throwable telling = error;
		while (telling.getCause() != null && !tells(telling)) {
			telling = telling.getCause();
		}
		return tells(telling) ? String.valueOf(telling.getMessage()) : words(telling.getClass().getSimpleName());
	}

	private static String words(String type) {
		return type.replaceFirst("Exception$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
	}

	private static boolean tells(Throwable error) {
		String message = error.getMessage();
		return message != null && !message.isBlank() && !message.equals(String.valueOf(error.getCause()));
	}

}
