package io.gestalt.endpoint;

import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.gestalt.dispatch.Listener;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.Binding;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.ConnectionAcceptor;
import io.gestalt.transport.OutboundQueue;
import io.gestalt.transport.Receiver;
import io.gestalt.transport.TcpOptions;
import io.gestalt.transport.TcpServerTransport;
import io.gestalt.transport.TransportResources;
import org.jspecify.annotations.Nullable;

/** Listens for TCP connections. */
public final class TcpServerEndpoint implements Endpoint {

	private static final StopReport NOTHING = new StopReport(0, 0, 0, Duration.ZERO);

	private final InetSocketAddress address;

	private final EndpointCore core;

	private final TcpServerTransport transport;

	private volatile @Nullable Binding binding;

	private volatile boolean accepting;

	/**
	 * Creates a server that is not yet open.
	 * @param settings name, codecs, limits, listener
	 * @param address where to listen, port 0 for any free one
	 * @param options TLS, number of connections, time-outs
	 * @param resources threads, which stay open when the endpoint stops
	 */
	public TcpServerEndpoint(EndpointSettings settings, InetSocketAddress address, TcpOptions options,
			TransportResources resources) {
		this.address = address;
		this.core = new EndpointCore(settings, resources);
		this.transport = new TcpServerTransport(resources, options, settings.frameCodec(), this.core.counters());
	}

	@Override
	public synchronized void listen(Listener listener) {
		this.core.listen(listener, running());
	}

	@Override
	public synchronized void start() {
		if (this.binding != null) {
			return;
		}
		Binding bound;
		this.accepting = true;
		try {
			bound = this.transport.bind(this.address, new Acceptor());
		}
		catch (RuntimeException ex) {
			throw new EndpointException(name(), "Endpoint '%s' cannot bind %s:%d".formatted(name(),
					this.address.getHostString(), this.address.getPort()), ex);
		}
		this.binding = bound;
		this.core.publish(new EndpointEvent.Started(name(), List.of(bound.address())));
	}

	@Override
	public synchronized StopReport stop(Duration grace) {
		Binding bound = this.binding;
		if (bound == null) {
			return NOTHING;
		}
		this.accepting = false;
		bound.close();
		StopReport report = this.core.stop(grace, () -> {
		});
		this.binding = null;
		this.core.publish(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	@Override
	public boolean running() {
		return this.binding != null;
	}

	@Override
	public String name() {
		return this.core.name();
	}

	@Override
	public List<SocketAddress> addresses() {
		Binding bound = this.binding;
		return (bound != null) ? List.of(bound.address()) : List.of();
	}

	/** The port on which it listens. */
	public int port() {
		return addresses().stream()
			.map((bound) -> ((InetSocketAddress) bound).getPort())
			.findFirst()
			.orElseThrow(() -> new EndpointException(name(), "Endpoint '%s' is not running".formatted(name())));
	}

	@Override
	public Collection<Peer> peers() {
		return this.core.peers();
	}

	@Override
	public Counters counters() {
		return this.core.counters();
	}

	@Override
	public MessageTypes types() {
		return this.core.settings().payloadCodec().types();
	}

	@Override
	public boolean carriesType() {
		return this.core.settings().frameCodec().carriesType();
	}

	@Override
	public Duration sendTimeout() {
		return this.core.settings().queue().sendTimeout();
	}

	@Override
	public CompletableFuture<Peer> whenConnected() {
		return this.core.whenConnected();
	}

	private Conversation only() {
		List<Conversation> peers = this.core.live();
		if (peers.isEmpty()) {
			throw new EndpointException(name(), "Endpoint '%s' has no peer to send to".formatted(name()));
		}
		if (peers.size() > 1) {
			throw new EndpointException(name(),
					"Endpoint '%s' has %d peers, which one is meant is not clear".formatted(name(), peers.size()));
		}
		return peers.get(0);
	}

	@Override
	public void send(@Nullable Object payload) {
		only().send(payload);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return only().sendAsync(payload);
	}

	@Override
	public int sendToAll(@Nullable Object payload) {
		int taken = 0;
		for (Conversation peer : this.core.live()) {
			try {
				peer.send(payload);
				taken++;
			}
			catch (SendException ex) {
				// counted where it was refused
			}
		}
		return taken;
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return this.core.request(only().queue(), payload, replyType, timeout);
	}

	private final class Acceptor implements ConnectionAcceptor, Conversation.Owner {

		@Override
		public Receiver accept(Connection connection) {
			EndpointCore core = TcpServerEndpoint.this.core;
			OutboundQueue queue = core.newQueue();
			if (!TcpServerEndpoint.this.accepting) {
				return core.refuse(connection, queue, this);
			}
			Conversation opened = core.open(connection, queue, this);
			if (!TcpServerEndpoint.this.accepting) {
				opened.close(CloseReason.STOPPED, null);
			}
			return opened;
		}

		@Override
		public void failed(@Nullable SocketAddress remote, CloseReason reason, @Nullable Throwable cause) {
			if (reason == CloseReason.TLS_FAILED && remote != null) {
				TcpServerEndpoint.this.core.handshakeFailed(remote, cause);
			}
		}

		@Override
		public void gone(Conversation conversation, CloseReason reason) {
			conversation.queue().close("Connection has ended: %s".formatted(reason));
		}

	}

}
