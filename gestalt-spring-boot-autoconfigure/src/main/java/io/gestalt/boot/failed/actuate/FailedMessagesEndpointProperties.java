package io.gestalt.boot.failed.actuate;

import java.time.Duration;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the actuator endpoint of failed messages shows.
 *
 * @param showValues when to show payloads, headers, addresses, principals, results and
 * the texts of errors
 * @param roles whose users are shown them when authorized; all that are authenticated if
 * there are none
 * @param replayTimeout how long a replay is waited for; it goes on after that
 */
@ConfigurationProperties("management.endpoint.gestaltfailed")
public record FailedMessagesEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles,
		@DefaultValue("20s") Duration replayTimeout) {
}
