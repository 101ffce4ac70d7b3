package io.gestalt.boot.actuate;

import java.time.Duration;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the actuator endpoint shows.
 *
 * @param showValues when to show addresses, targets, principals and the texts of errors
 * @param roles whose users are shown them when authorized; all that are authenticated if
 * there are none
 * @param maxPeers how many peers of an endpoint are listed at the most
 * @param wireLog what is written into the log of what goes over the wire
 */
@ConfigurationProperties("management.endpoint.gestalt")
public record GestaltEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles,
		@DefaultValue("100") int maxPeers, @DefaultValue @NestedConfigurationProperty WireLog wireLog) {

	/**
	 * What is written into the log of what goes over the wire.
	 *
	 * @param showPayloads whether the bytes themselves are written, not only how many
	 * they are
	 * @param maxLength how many bytes of each read or write are written at the most
	 * @param maxDuration how long it may be asked for at the most
	 * @param maxLines after how many lines it ends in any case
	 */
	public record WireLog(@DefaultValue("false") boolean showPayloads, @DefaultValue("256") int maxLength,
			@DefaultValue("10m") Duration maxDuration, @DefaultValue("10000") int maxLines) {
	}

}
