package io.gestalt.sample.fleet;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sizes the fleet. */
@Configuration(proxyBeanMethods = false)
class FleetConfiguration {

	@Bean
	Fleet fleet(FleetProperties properties, ApplicationEventPublisher events) {
		return new Fleet(properties.capacity(), events::publishEvent);
	}

	@Bean
	VehicleSessions vehicleSessions(FleetProperties properties) {
		return new VehicleSessions(properties.capacity());
	}

}
