package io.gestalt.boot.actuate;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.gestalt.amqp.ReceivingEndpoint;
import io.gestalt.boot.actuate.EndpointNode.Handler;
import io.gestalt.boot.actuate.EndpointNode.ListenerNode;
import io.gestalt.boot.actuate.EndpointNode.PeerNode;
import io.gestalt.boot.actuate.EndpointNode.Peers;
import io.gestalt.boot.actuate.EndpointNode.Queue;
import io.gestalt.boot.endpoint.EndpointDescription;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.support.Addresses;
import io.gestalt.boot.support.Words;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.SocketEndpoint;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.transport.queue.QueueLimits;
import org.jspecify.annotations.Nullable;

/** Reads what endpoints are and do, from memory only. */
final class GraphReader {

	private static final String PREFIX = "gestalt.";

	private final GestaltEndpoints endpoints;

	private final int maxPeers;

	private final RateWindow rates = new RateWindow();

	GraphReader(GestaltEndpoints endpoints, int maxPeers) {
		this.endpoints = endpoints;
		this.maxPeers = maxPeers;
	}

	Map<String, EndpointNode> read(ShownValues values) {
		Map<String, EndpointNode> nodes = new TreeMap<>();
		this.endpoints.all().forEach((endpoint) -> nodes.put(endpoint.name(), read(endpoint, values)));
		return nodes;
	}

	boolean knows(String name) {
		return this.endpoints.all().stream().anyMatch((endpoint) -> endpoint.name().equals(name));
	}

	/**
	 * Reads one endpoint.
	 * @throws io.gestalt.boot.endpoint.UnknownEndpointException if there is none of that
	 * name
	 */
	EndpointNode read(String name, ShownValues values) {
		return read(this.endpoints.get(name), values);
	}

	/** What an endpoint does, in one word. */
	String state(Endpoint endpoint) {
		EndpointState state = endpoint.state();
		return (state == EndpointState.READY) ? this.endpoints.describe(endpoint.name()).activity()
				: Words.constant(state);
	}

	private EndpointNode read(Endpoint endpoint, ShownValues values) {
		String name = endpoint.name();
		EndpointDescription description = this.endpoints.describe(name);
		Throwable error = endpoint.lastError();
		return new EndpointNode(kind(endpoint, description), description.traits(), state(endpoint),
				values.of(name, "error", (error != null) ? String.valueOf(error.getMessage()) : null),
				description.required(), description.autoStartup(), where(endpoint, description, values),
				listener(endpoint.listener()), peers(endpoint, values), queue(endpoint), counters(endpoint),
				this.rates.look(endpoint));
	}

	private static String kind(Endpoint endpoint, EndpointDescription description) {
		String property = description.property();
		return (property != null)
				? property.substring(PREFIX.length(), property.length() - endpoint.name().length() - 1)
					.replace('.', '-')
				: endpoint.getClass().getSimpleName();
	}

	private static List<Object> where(Endpoint endpoint, EndpointDescription description, ShownValues values) {
		List<String> places = new ArrayList<>(endpoint.addresses().stream().map(Addresses::text).toList());
		if (description.place() != null) {
			places.add(description.place());
		}
		return places.stream()
			.map((place) -> values.of(endpoint.name(), "where", place))
			.filter(Objects::nonNull)
			.toList();
	}

	private static @Nullable ListenerNode listener(@Nullable Listener listener) {
		if (listener == null) {
			return null;
		}
		List<Handler> handlers = new ArrayList<>();
		listener.bindings().forEach((type, binding) -> {
			String described = listener.description(type);
			handlers.add(new Handler((type != MessageTypes.NONE) ? Integer.toUnsignedString(type) : null,
					binding.payloadType().getTypeName(),
					(described != null) ? described : binding.handler().getClass().getName()));
		});
		return new ListenerNode(Words.constant(listener.execution()), Words.constant(listener.ordering()),
				listener.concurrency(), listener.replies(), handlers);
	}

	private Peers peers(Endpoint endpoint, ShownValues values) {
		Collection<Peer> peers = endpoint.peers();
		List<PeerNode> shown = peers.stream()
			.limit(this.maxPeers)
			.map((peer) -> new PeerNode(peer.id(), values.of(endpoint.name(), "address", address(peer)),
					values.of(endpoint.name(), "principal", principal(peer))))
			.toList();
		return new Peers(peers.size(), shown);
	}

	private static @Nullable String address(Peer peer) {
		SocketAddress address = peer.address();
		return (address != null) ? Addresses.text(address) : null;
	}

	private static @Nullable String principal(Peer peer) {
		Principal principal = peer.principal();
		return (principal != null) ? principal.getName() : null;
	}

	private static Queue queue(Endpoint endpoint) {
		EndpointLoad load = endpoint.load();
		QueueLimits limits = (endpoint instanceof SocketEndpoint socket) ? socket.settings().queue() : null;
		return new Queue(load.received(), load.handlers(), load.sending(), load.sendingBytes(), load.requests(),
				consumers(endpoint), (limits != null) ? limits.capacity() : null,
				(limits != null) ? limits.maxSize() : null, (limits != null) ? Words.constant(limits.onFull()) : null);
	}

	private static @Nullable Integer consumers(Endpoint endpoint) {
		return (endpoint instanceof ReceivingEndpoint receiving) ? Integer.valueOf(receiving.consumers()) : null;
	}

	private static Map<String, Long> counters(Endpoint endpoint) {
		Map<String, Long> counts = new TreeMap<>();
		endpoint.counters().snapshot().forEach((counter, count) -> counts.put(Words.constant(counter), count));
		return counts;
	}

}
