package io.gestalt.boot.tcp;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The TCP endpoints by their names.
 *
 * @param server endpoints that listen for TCP connections
 * @param client endpoints that connect by TCP
 */
@ConfigurationProperties("gestalt.tcp")
public record TcpProperties(@DefaultValue Map<String, TcpServerProperties> server,
		@DefaultValue Map<String, TcpClientProperties> client) {
}
