package io.gestalt.boot.client;

import io.gestalt.boot.annotation.EndpointLookup;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Makes beans of client interfaces, and the template. */
@AutoConfiguration(after = ListenerAutoConfiguration.class)
@Import(GestaltClientScan.class)
public final class ClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(GestaltOperations.class)
	GestaltTemplate gestaltTemplate(EndpointLookup endpoints) {
		return new GestaltTemplate(endpoints);
	}

}
