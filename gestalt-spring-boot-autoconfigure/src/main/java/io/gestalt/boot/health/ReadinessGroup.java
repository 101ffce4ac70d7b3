package io.gestalt.boot.health;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * The readiness of Boot and of all endpoints.
 *
 * @param boots the group without endpoints
 * @param contributor name under which the endpoints are
 */
record ReadinessGroup(HealthEndpointGroup boots, String contributor) implements HealthEndpointGroup {

	@Override
	public boolean isMember(String name) {
		return name.equals(this.contributor) || name.startsWith(this.contributor + "/") || this.boots.isMember(name);
	}

	@Override
	public boolean showComponents(SecurityContext securityContext) {
		return this.boots.showComponents(securityContext);
	}

	@Override
	public boolean showDetails(SecurityContext securityContext) {
		return this.boots.showDetails(securityContext);
	}

	@Override
	public StatusAggregator getStatusAggregator() {
		return this.boots.getStatusAggregator();
	}

	@Override
	public HttpCodeStatusMapper getHttpCodeStatusMapper() {
		return this.boots.getHttpCodeStatusMapper();
	}

	@Override
	public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
		return this.boots.getAdditionalPath();
	}

}
