package io.gestalt.endpoint.tcp;

import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.SocketEndpoint;
import io.gestalt.endpoint.StopReport;
import io.gestalt.failed.FailedMessage;
import io.gestalt.message.Counters;
import io.gestalt.message.Peer;
import io.gestalt.transport.Binding;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.ConnectionAcceptor;
import io.gestalt.transport.Receiver;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.tcp.TcpServerTransport;
import org.jspecify.annotations.Nullable;

/** Listens for TCP connections. */
public final class TcpServerEndpoint implements SocketEndpoint {

	private final InetSocketAddress address;

	private final EndpointCore core;

	private final Conversations conversations;

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
		this.conversations = new Conversations(this.core, resources.timers());
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
			return StopReport.NOTHING;
		}
		StopReport report = StopReport.of(counters(), () -> {
			this.accepting = false;
			bound.close();
			this.conversations.stop(grace, () -> {
			});
		});
		this.binding = null;
		this.core.publish(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	@Override
	public @Nullable Listener listener() {
		return this.core.listener();
	}

	/** Reads nothing but replies, so that peers have to wait. */
	@Override
	public synchronized void pause(Duration grace) {
		this.core.checkPausable(running());
		this.conversations.pause(true);
	}

	@Override
	public synchronized void resume() {
		this.conversations.pause(false);
	}

	@Override
	public boolean paused() {
		return this.conversations.paused();
	}

	@Override
	public CompletableFuture<@Nullable Object> replay(FailedMessage message) {
		return this.core.replay(message, peers());
	}

	@Override
	public void concurrency(int limit) {
		this.core.concurrency(limit);
	}

	@Override
	public void tap(@Nullable WireTap tap) {
		this.conversations.tap(tap);
	}

	/** Whether it listens. */
	@Override
	public EndpointState state() {
		if (!running()) {
			return EndpointState.STOPPED;
		}
		return paused() ? EndpointState.PAUSED : EndpointState.READY;
	}

	@Override
	public boolean running() {
		return this.binding != null;
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
		return this.conversations.peers();
	}

	@Override
	public EndpointSettings settings() {
		return this.core.settings();
	}

	@Override
	public EndpointLoad load() {
		return this.conversations.load();
	}

	@Override
	public Counters counters() {
		return this.core.counters();
	}

	@Override
	public CompletableFuture<Peer> whenConnected() {
		return this.conversations.whenConnected();
	}

	private Conversation only() {
		return this.core.only(this.conversations.live());
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
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return this.conversations.request(only().queue(), payload, replyType, timeout);
	}

	private final class Acceptor implements ConnectionAcceptor, Conversation.Owner {

		@Override
		public Receiver accept(Connection connection) {
			Conversations conversations = TcpServerEndpoint.this.conversations;
			OutboundQueue queue = conversations.newQueue();
			if (!TcpServerEndpoint.this.accepting) {
				return conversations.refuse(connection, queue, this);
			}
			Conversation opened = conversations.open(connection, queue, this);
			if (!TcpServerEndpoint.this.accepting) {
				opened.close(CloseReason.STOPPED, null);
			}
			return opened;
		}

		@Override
		public void failed(@Nullable SocketAddress remote, CloseReason reason, @Nullable Throwable cause) {
			if (remote != null) {
				TcpServerEndpoint.this.conversations.notAccepted(remote, reason, cause);
			}
		}

		@Override
		public void gone(Conversation conversation, CloseReason reason) {
			conversation.queue().close("Connection has ended: %s".formatted(reason));
		}

	}

}
