package io.gestalt.endpoint.udp;

import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.gestalt.dispatch.Dispatcher;
import io.gestalt.dispatch.Lane;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Origin;
import io.gestalt.dispatch.backlog.SharedBudget;
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
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.queue.Ticket;
import io.gestalt.transport.udp.DatagramOptions;
import io.gestalt.transport.udp.DatagramSocketTransport;
import io.gestalt.transport.udp.DatagramTicket;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives datagrams: a server that answers whoever sends, or a client that
 * sends to its targets and hears their answers. Each datagram is a message of its own;
 * the network may lose, repeat or reorder them.
 */
public final class UdpEndpoint implements SocketEndpoint {

	private final EndpointCore core;

	private final UdpTargets targets;

	private final DatagramOptions options;

	private final TransportResources resources;

	private volatile SharedBudget budget;

	private final UdpPeers peers;

	private volatile OutboundQueue queue;

	private volatile @Nullable DatagramSocketTransport socket;

	private volatile boolean paused;

	private @Nullable WireTap tap;

	private boolean stopped;

	/**
	 * Creates an endpoint that is not yet open.
	 * @param settings name, codecs, limits, listener
	 * @param options address and socket options
	 * @param targets where a client sends to, none for a server
	 * @param resources threads, which stay open when the endpoint stops
	 */
	public UdpEndpoint(EndpointSettings settings, DatagramOptions options, UdpTargets targets,
			TransportResources resources) {
		this.core = new EndpointCore(settings, resources);
		this.options = options;
		this.targets = targets;
		this.resources = resources;
		this.budget = budget(settings);
		this.queue = newQueue();
		this.peers = new UdpPeers(this, targets.maxPeers());
	}

	private static SharedBudget budget(EndpointSettings settings) {
		return new SharedBudget(settings.queue().capacity(), settings.queue().maxSize());
	}

	private OutboundQueue newQueue() {
		return new OutboundQueue(settings().queue(), counters());
	}

	@Override
	public synchronized void listen(Listener listener) {
		this.core.listen(listener, running());
	}

	@Override
	public synchronized void start() {
		if (this.socket != null) {
			return;
		}
		if (this.stopped) {
			this.queue = newQueue();
			this.budget = budget(settings());
			this.stopped = false;
		}
		DatagramSocketTransport opened = open();
		opened.tap(this.tap);
		this.socket = opened;
		this.targets.addresses().forEach(this.peers::get);
		this.core.publish(new EndpointEvent.Started(name(), addresses()));
	}

	private DatagramSocketTransport open() {
		UdpReceiver receiver = new UdpReceiver(this.core, this.peers, this.targets);
		try {
			this.targets.resolve();
			return DatagramSocketTransport.open(this.options, this.resources, receiver, this.queue, counters());
		}
		catch (IllegalArgumentException ex) {
			throw new EndpointException(name(),
					"Endpoint '%s' cannot open its socket: %s".formatted(name(), ex.getMessage()), ex);
		}
		catch (RuntimeException ex) {
			throw new EndpointException(name(), "Endpoint '%s' cannot bind %s:%d".formatted(name(),
					this.options.address().getHostString(), this.options.address().getPort()), ex);
		}
	}

	@Override
	public synchronized StopReport stop(Duration grace) {
		DatagramSocketTransport open = this.socket;
		if (open == null) {
			return StopReport.NOTHING;
		}
		StopReport report = StopReport.of(counters(), () -> {
			open.read(false);
			this.peers.awaitIdle(grace);
			open.close();
			this.peers.clear();
			this.queue.close("Endpoint '%s' has stopped".formatted(name()));
		});
		this.stopped = true;
		this.socket = null;
		this.paused = false;
		this.core.publish(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	@Nullable Lane lane(Origin origin) {
		Dispatcher current = this.core.dispatcher();
		return (current != null) ? current.queuedLane(origin, settings().queue().capacity(), this.budget) : null;
	}

	@Override
	public @Nullable Listener listener() {
		return this.core.listener();
	}

	/**
	 * Reads no datagrams: the system keeps what fits into its buffer, and drops the rest.
	 */
	@Override
	public synchronized void pause(Duration grace) {
		this.core.checkPausable(running());
		read(false);
	}

	@Override
	public synchronized void resume() {
		read(true);
	}

	private void read(boolean enabled) {
		DatagramSocketTransport open = this.socket;
		if (open != null) {
			open.read(enabled);
			this.paused = !enabled;
		}
	}

	@Override
	public boolean paused() {
		return this.paused;
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
	public synchronized void tap(@Nullable WireTap newTap) {
		this.tap = newTap;
		DatagramSocketTransport open = this.socket;
		if (open != null) {
			open.tap(newTap);
		}
	}

	@Override
	public EndpointState state() {
		if (!running()) {
			return EndpointState.STOPPED;
		}
		return this.paused ? EndpointState.PAUSED : EndpointState.READY;
	}

	@Override
	public boolean running() {
		return this.socket != null;
	}

	@Override
	public List<SocketAddress> addresses() {
		DatagramSocketTransport open = this.socket;
		return (open != null) ? List.of(open.address()) : List.of();
	}

	/** The port on which it listens. */
	public int port() {
		DatagramSocketTransport open = this.socket;
		if (open == null) {
			throw new EndpointException(name(), "Endpoint '%s' is not running".formatted(name()));
		}
		return open.address().getPort();
	}

	@Override
	public Collection<Peer> peers() {
		return this.peers.all();
	}

	@Override
	public EndpointSettings settings() {
		return this.core.settings();
	}

	@Override
	public EndpointLoad load() {
		return new EndpointLoad(this.budget.count(), this.core.handlers(), this.core.sending(), this.queue.bytes(), 0);
	}

	@Override
	public Counters counters() {
		return this.core.counters();
	}

	@Override
	public CompletableFuture<Peer> whenConnected() {
		return this.peers.first();
	}

	EndpointCore core() {
		return this.core;
	}

	void forget(InetSocketAddress address) {
		this.peers.forget(address);
	}

	void sendTo(InetSocketAddress target, @Nullable Object payload, @Nullable Ticket ticket) {
		this.core.sendDatagram(this.queue, payload, (size) -> new DatagramTicket(target, size, ticket));
	}

	CompletableFuture<Void> sendAsyncTo(InetSocketAddress target, @Nullable Object payload) {
		return EndpointCore.follow((ticket) -> sendTo(target, payload, ticket));
	}

	private InetSocketAddress next() {
		InetSocketAddress target = this.targets.next();
		return (target != null) ? target : this.peers.only();
	}

	@Override
	public void send(@Nullable Object payload) {
		sendTo(next(), payload, null);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return sendAsyncTo(next(), payload);
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		return CompletableFuture.failedFuture(new EndpointException(name(),
				"Endpoint '%s' is UDP, where a lost datagram would give every later reply to the wrong caller; "
					.formatted(name()) + "send and listen, or use TCP for requests"));
	}

}
