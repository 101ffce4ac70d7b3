package io.gestalt.boot.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;

import io.gestalt.boot.endpoint.EndpointBuilder;
import io.gestalt.boot.endpoint.EndpointDescription;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.properties.DefaultsProperties;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.ssl.PlaintextPolicy;
import io.gestalt.boot.support.Addresses;
import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.udp.DatagramOptions;
import org.jspecify.annotations.Nullable;

/** Makes UDP endpoints of their properties. */
class UdpEndpointFactory {

	static final String SERVERS = "gestalt.udp.server";

	static final String CLIENTS = "gestalt.udp.client";

	private static final String MULTICAST_ADDRESSES = "224.0.0.0 to 239.255.255.255, or ff00::/8";

	private static final int LARGEST_TTL = 255;

	private final UdpProperties properties;

	private final EndpointBuilder builder;

	private final PlaintextPolicy plaintext;

	private final TransportResources resources;

	UdpEndpointFactory(UdpProperties properties, EndpointBuilder builder, PlaintextPolicy plaintext,
			TransportResources resources) {
		this.plaintext = plaintext;
		this.properties = properties;
		this.builder = builder;
		this.resources = resources;
	}

	/** Makes the server of a name. */
	UdpEndpoint server(String name) {
		UdpServerProperties own = Objects.requireNonNull(this.properties.server().get(name));
		PropertyLayers layers = this.builder.layers(SERVERS + "." + name, own, DefaultsProperties.BUILT_IN_FOR_UDP);
		InetSocketAddress address = Addresses.listening(layers.prefix(), own.address(), own.port());
		rejectConnections(layers, "Remove it, or limit the senders that are remembered with '%s.max-peers'.");
		check(layers.prefix(), own);
		this.plaintext.check(layers, address, "UDP has no TLS.");
		MulticastProperties multicast = own.multicast();
		DatagramOptions options = new DatagramOptions(address, own.broadcast(), own.reusePort(),
				(multicast != null) ? new DatagramOptions.Multicast(multicast.group(), multicast.networkInterface(),
						ttl(layers.prefix() + ".multicast.ttl", multicast.ttl())) : null);
		UdpEndpoint endpoint = new UdpEndpoint(this.builder.settings(name, layers), options,
				UdpTargets.none(own.maxPeers()), this.resources);
		this.builder.describe(EndpointDescription.of(name, EndpointRole.SERVER, null,
				(multicast != null) ? "UDP, multicast group " + multicast.group() : "UDP", layers));
		return endpoint;
	}

	/** Makes the client of a name. */
	UdpEndpoint client(String name) {
		UdpClientProperties own = Objects.requireNonNull(this.properties.client().get(name));
		PropertyLayers layers = this.builder.layers(CLIENTS + "." + name, own, DefaultsProperties.BUILT_IN_FOR_UDP);
		rejectConnections(layers, "Remove it.");
		List<InetSocketAddress> targets = Addresses.targets(layers.prefix(), own.target());
		boolean multicast = targets.stream().anyMatch((target) -> isMulticast(target.getHostString()));
		if (multicast && own.broadcast()) {
			throw new InvalidPropertyException(layers.prefix() + ".broadcast", true,
					"the target is a multicast group, and a datagram goes either to a group or to all",
					List.of("Remove 'broadcast', or set 'target' to a broadcast address such as 192.168.1.255."));
		}
		int ttl = ttl(layers.prefix() + ".ttl", own.ttl());
		DatagramOptions options = new DatagramOptions(new InetSocketAddress(0), own.broadcast(), false,
				multicast ? new DatagramOptions.Multicast(null, own.networkInterface(), ttl) : null);
		UdpEndpoint endpoint = new UdpEndpoint(this.builder.settings(name, layers), options, UdpTargets.of(targets),
				this.resources);
		this.builder
			.describe(EndpointDescription.of(name, EndpointRole.CLIENT, "sends to " + own.target(), "UDP", layers)
				.activity("sending"));
		return endpoint;
	}

	private static void rejectConnections(PropertyLayers layers, String action) {
		String reason = "UDP has no connections";
		layers.reject("limits.max-connections", (from) -> from.limits().maxConnections(), reason,
				action.formatted(layers.prefix()));
		layers.reject("limits.max-connections-per-address", (from) -> from.limits().maxConnectionsPerAddress(), reason,
				"Remove it.");
		layers.reject("limits.max-message-rate", (from) -> from.limits().maxMessageRate(), reason, "Remove it.");
	}

	private static void check(String prefix, UdpServerProperties own) {
		if (own.maxPeers() < 1) {
			throw new InvalidPropertyException(prefix + ".max-peers", own.maxPeers(), "it is not positive",
					List.of("Set it to 1 or more."));
		}
		MulticastProperties multicast = own.multicast();
		if (multicast == null) {
			return;
		}
		if (!isMulticast(multicast.group())) {
			throw new InvalidPropertyException(prefix + ".multicast.group", multicast.group(),
					"a group has an address from " + MULTICAST_ADDRESSES, List.of("Set it to such an address."));
		}
		if (own.broadcast()) {
			throw new InvalidPropertyException(prefix + ".broadcast", true,
					"'%s.multicast' is set too, and a datagram goes either to a group or to all".formatted(prefix),
					List.of("Remove one of them."));
		}
	}

	private static int ttl(String property, int ttl) {
		if (ttl < 0 || ttl > LARGEST_TTL) {
			throw new InvalidPropertyException(property, ttl, "it is not between 0 and 255",
					List.of("Set it to 1 to stay in the local network."));
		}
		return ttl;
	}

	/** Looks at addresses only: a name would have to be asked for. */
	private static boolean isMulticast(@Nullable String host) {
		if (host == null || !(Character.digit(host.charAt(0), 16) >= 0 && host.matches("[0-9a-fA-F.:%]+"))) {
			return false;
		}
		try {
			return InetAddress.getByName(host).isMulticastAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
