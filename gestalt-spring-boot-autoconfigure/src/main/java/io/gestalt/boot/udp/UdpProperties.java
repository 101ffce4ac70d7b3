package io.gestalt.boot.udp;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The UDP endpoints by their names.
 *
 * @param server endpoints that receive datagrams on a port of their own
 * @param client endpoints that send datagrams
 */
@ConfigurationProperties("gestalt.udp")
public record UdpProperties(@DefaultValue Map<String, UdpServerProperties> server,
		@DefaultValue Map<String, UdpClientProperties> client) {
}
