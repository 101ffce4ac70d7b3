package io.gestalt.boot.udp;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How a UDP endpoint uses multicast.
 *
 * @param group address of the group to join
 * @param networkInterface name of the network interface, unless set the system's choice
 * @param ttl how many routers a datagram may pass (default 1)
 */
public record MulticastProperties(@Nullable String group, @Name("interface") @Nullable String networkInterface,
		@DefaultValue("1") int ttl) {
}
