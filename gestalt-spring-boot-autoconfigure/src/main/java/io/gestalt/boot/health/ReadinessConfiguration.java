package io.gestalt.boot.health;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets endpoints count for readiness, unless the application says what does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(AdditionalPathsMapper.class)
class ReadinessConfiguration {

	/** Has the order of Boot's, which adds the group, but is defined behind it. */
	@Bean
	static HealthEndpointGroupsPostProcessor gestaltReadiness(ObjectProvider<HealthEndpointProperties> properties) {
		return (groups) -> withEndpoints(groups, properties.getIfAvailable(HealthEndpointProperties::new));
	}

	private static HealthEndpointGroups withEndpoints(HealthEndpointGroups groups,
			HealthEndpointProperties properties) {
		HealthEndpointGroup boots = groups.get(ReadinessGroups.READINESS);
		boolean configured = properties.getGroup().containsKey(ReadinessGroups.READINESS);
		return (boots == null || configured) ? groups
				: new ReadinessGroups(groups, new ReadinessGroup(boots, HealthAutoConfiguration.CONTRIBUTOR));
	}

}
