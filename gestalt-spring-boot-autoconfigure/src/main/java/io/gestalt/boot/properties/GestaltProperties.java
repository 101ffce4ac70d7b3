package io.gestalt.boot.properties;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What does not belong to one endpoint.
 *
 * @param defaults what holds for all endpoints that say nothing else
 * @param types message type identifiers and the classes that they stand for
 * @param listener how the handlers of endpoints run, by the name of the endpoint
 * @param shutdown how endpoints stop
 * @param security what holds for the security of all endpoints
 * @param observation how messages are observed
 * @param uncaught what becomes of the application after an error that nobody handled,
 * such as an OutOfMemoryError: log, or exit with code 70
 */
@ConfigurationProperties("gestalt")
public record GestaltProperties(@DefaultValue @NestedConfigurationProperty DefaultsProperties defaults,
		@DefaultValue Map<String, String> types, @DefaultValue Map<String, ListenerProperties> listener,
		@DefaultValue @NestedConfigurationProperty ShutdownProperties shutdown,
		@DefaultValue @NestedConfigurationProperty SecurityProperties security,
		@DefaultValue @NestedConfigurationProperty ObservationProperties observation,
		@DefaultValue("log") Uncaught uncaught) {
}
