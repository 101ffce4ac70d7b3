package io.gestalt.boot.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.gestalt.boot.endpoint.EndpointBuilder;
import io.gestalt.boot.endpoint.EndpointDescription;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.properties.DefaultsProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.ssl.BundleTls;
import io.gestalt.boot.support.Addresses;
import io.gestalt.boot.support.Words;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.Admission;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.tcp.TlsSettings;
import org.jspecify.annotations.Nullable;

/** Makes TCP endpoints of their properties. */
class TcpEndpointFactory {

	static final String SERVERS = "gestalt.tcp.server";

	static final String CLIENTS = "gestalt.tcp.client";

	private final TcpProperties properties;

	private final EndpointBuilder builder;

	private final BundleTls tls;

	private final TcpCustomizers customizers;

	private final TransportResources resources;

	TcpEndpointFactory(TcpProperties properties, EndpointBuilder builder, BundleTls tls, TcpCustomizers customizers,
			TransportResources resources) {
		this.properties = properties;
		this.builder = builder;
		this.tls = tls;
		this.customizers = customizers;
		this.resources = resources;
	}

	/** Makes the server of a name. */
	TcpServerEndpoint server(String name) {
		TcpServerProperties own = Objects.requireNonNull(this.properties.server().get(name));
		PropertyLayers layers = this.builder.layers(SERVERS + "." + name, own, DefaultsProperties.BUILT_IN);
		InetSocketAddress address = Addresses.listening(layers.prefix(), own.address(), own.port());
		EndpointSettings settings = this.builder.settings(name, layers);
		TcpOptions options = options(name, layers, this.tls.listening(layers, address))
			.admission(admission(layers, own.security().allow()));
		this.builder.describe(EndpointDescription.of(name, EndpointRole.SERVER, null,
				"%d connections".formatted(options.admission().maxConnections()), layers));
		return new TcpServerEndpoint(settings, address, options, this.resources);
	}

	/** Makes the client of a name. */
	TcpClientEndpoint client(String name) {
		TcpClientProperties own = Objects.requireNonNull(this.properties.client().get(name));
		PropertyLayers layers = this.builder.layers(CLIENTS + "." + name, own, DefaultsProperties.BUILT_IN);
		rejectLimits(layers);
		List<InetSocketAddress> addresses = Addresses.targets(layers.prefix(), own.target());
		EndpointSettings settings = this.builder.settings(name, layers);
		Targets targets = new Targets(addresses, own.policy(), reconnect(layers));
		TcpOptions options = options(name, layers, this.tls.settings(layers));
		this.builder.describe(EndpointDescription.of(name, EndpointRole.CLIENT, "connects to " + own.target(),
				Words.constant(own.policy()), layers));
		return new TcpClientEndpoint(settings, targets, options, this.resources);
	}

	private static void rejectLimits(PropertyLayers layers) {
		String reason = "a client has one connection to each of its targets";
		String action = "Remove it, or set it on the server at the other end.";
		layers.reject("limits.max-connections", (from) -> from.limits().maxConnections(), reason, action);
		layers.reject("limits.max-connections-per-address", (from) -> from.limits().maxConnectionsPerAddress(), reason,
				action);
		layers.reject("limits.max-message-rate", (from) -> from.limits().maxMessageRate(),
				"a client reads what it has asked for", action);
	}

	private Admission admission(PropertyLayers layers, @Nullable List<String> rules) {
		int connections = layers.get("limits.max-connections", (from) -> from.limits().maxConnections(),
				(value) -> value >= 1, "it is not positive", "Set it to 1 or more.");
		int perAddress = layers.get("limits.max-connections-per-address",
				(from) -> from.limits().maxConnectionsPerAddress(), (value) -> value >= 1, "it is not positive",
				"Set it to 1 or more.");
		int rate = layers.get("limits.max-message-rate", (from) -> from.limits().maxMessageRate(),
				(value) -> value >= 0, "it is negative", "Set it to 1 or more, or to 0 for any number.");
		return new Admission(connections, perAddress, rate, this.tls.allowed(layers, rules));
	}

	private TcpOptions options(String name, PropertyLayers layers, @Nullable TlsSettings secured) {
		TcpOptions options = TcpOptions.DEFAULT
			.idleTimeout(layers.get("idle-timeout", EndpointProperties::idleTimeout, (value) -> !value.isNegative(),
					"it is negative", "Set a time such as '30s', or '0s' for never."))
			.connectTimeout(layers.get("connect-timeout", EndpointProperties::connectTimeout,
					TcpEndpointFactory::positive, "it is not positive", "Set a time such as '5s'."))
			.tls(secured);
		return this.customizers.applyTo(options, name);
	}

	private static Reconnect reconnect(PropertyLayers layers) {
		Duration initial = layers.get("reconnect.initial-interval", (from) -> from.reconnect().initialInterval(),
				TcpEndpointFactory::positive, "it is not positive", "Set a time such as '100ms'.");
		double multiplier = layers.get("reconnect.multiplier", (from) -> from.reconnect().multiplier(),
				(value) -> value >= 1, "it is below 1", "Set it to 1 to keep the interval, or to more to let it grow.");
		Duration longest = layers.get("reconnect.max-interval", (from) -> from.reconnect().maxInterval(),
				(value) -> value.compareTo(initial) >= 0,
				"it is shorter than the initial interval of %d ms".formatted(initial.toMillis()),
				"Set it to the initial interval or longer.");
		return new Reconnect(initial, multiplier, longest, layers.get((from) -> from.reconnect().jitter()));
	}

	private static boolean positive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

}
