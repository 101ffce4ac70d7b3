package io.gestalt.endpoint;

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
import io.gestalt.dispatch.SharedBudget;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.DatagramOptions;
import io.gestalt.transport.DatagramSocketTransport;
import io.gestalt.transport.DatagramTicket;
import io.gestalt.transport.OutboundQueue;
import io.gestalt.transport.Ticket;
import io.gestalt.transport.TransportResources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends and receives datagrams: a server that answers whoever sends, or a client that
 * sends to its targets and hears their answers. Each datagram is a message of its own;
 * the network may lose, repeat or reorder them.
 */
public final class UdpEndpoint implements Endpoint {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	private static final StopReport NOTHING = new StopReport(0, 0, 0, Duration.ZERO);

	private final EndpointSettings settings;

	private final UdpTargets targets;

	private final DatagramOptions options;

	private final TransportResources resources;

	private final FrameEncoder encoder;

	private final Counters counters = new Counters();

	private volatile SharedBudget budget;

	private final UdpPeers peers;

	private final FailureLog handlerFailures = new FailureLog();

	private volatile OutboundQueue queue;

	private volatile @Nullable Dispatcher dispatcher;

	private volatile @Nullable DatagramSocketTransport socket;

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
		this.settings = settings;
		this.options = options;
		this.targets = targets;
		this.resources = resources;
		this.encoder = new FrameEncoder(settings.frameCodec(), settings.payloadCodec());
		this.budget = budget(settings);
		this.queue = new OutboundQueue(settings.queue(), this.counters);
		this.peers = new UdpPeers(this, targets.maxPeers());
		if (settings.listener() != null) {
			listen(settings.listener());
		}
	}

	private static SharedBudget budget(EndpointSettings settings) {
		return new SharedBudget(settings.queue().capacity(), settings.queue().maxSize());
	}

	@Override
	public synchronized void listen(Listener listener) {
		if (running()) {
			throw new EndpointException(name(),
					"Endpoint '%s' is running and cannot take another listener".formatted(name()));
		}
		this.dispatcher = new Dispatcher(listener, this.settings.payloadCodec(), this.counters,
				this.resources.worker());
	}

	@Override
	public synchronized void start() {
		if (this.socket != null) {
			return;
		}
		if (this.stopped) {
			this.queue = new OutboundQueue(this.settings.queue(), this.counters);
			this.budget = budget(this.settings);
			this.stopped = false;
		}
		try {
			UdpReceiver receiver = new UdpReceiver(this.settings.frameCodec(), this.peers, this.targets, this.counters);
			this.targets.resolve();
			this.socket = DatagramSocketTransport.open(this.options, this.resources, receiver, this.queue,
					this.counters);
		}
		catch (RuntimeException ex) {
			throw new EndpointException(name(), "Endpoint '%s' cannot bind %s:%d".formatted(name(),
					this.options.address().getHostString(), this.options.address().getPort()), ex);
		}
		this.targets.addresses().forEach(this.peers::get);
		publish(new EndpointEvent.Started(name(), addresses()));
	}

	@Override
	public synchronized StopReport stop(Duration grace) {
		DatagramSocketTransport open = this.socket;
		if (open == null) {
			return NOTHING;
		}
		long start = System.nanoTime();
		long handled = this.counters.get(Counter.HANDLED);
		long abandoned = this.counters.get(Counter.ABANDONED);
		long dropped = this.counters.get(Counter.DROPPED_LOST);
		open.stopReading();
		this.peers.awaitIdle(grace);
		open.close();
		this.peers.clear();
		this.queue.close("Endpoint '%s' has stopped".formatted(name()));
		this.stopped = true;
		this.socket = null;
		StopReport report = new StopReport(this.counters.get(Counter.HANDLED) - handled,
				this.counters.get(Counter.ABANDONED) - abandoned, this.counters.get(Counter.DROPPED_LOST) - dropped,
				Duration.ofNanos(System.nanoTime() - start));
		publish(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	private void publish(EndpointEvent event) {
		try {
			this.settings.observer().onEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("Endpoint '{}' has an observer that failed on {}", name(), event, ex);
		}
	}

	@Nullable Lane lane(Origin origin) {
		Dispatcher current = this.dispatcher;
		return (current != null) ? current.queuedLane(origin, this.settings.queue().capacity(), this.budget) : null;
	}

	@Override
	public String name() {
		return this.settings.name();
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
	public Counters counters() {
		return this.counters;
	}

	@Override
	public MessageTypes types() {
		return this.settings.payloadCodec().types();
	}

	@Override
	public boolean carriesType() {
		return this.settings.frameCodec().carriesType();
	}

	@Override
	public Duration sendTimeout() {
		return this.settings.queue().sendTimeout();
	}

	@Override
	public CompletableFuture<Peer> whenConnected() {
		return this.peers.first();
	}

	void forget(InetSocketAddress address) {
		this.peers.forget(address);
	}

	void sendTo(InetSocketAddress target, @Nullable Object payload, @Nullable Ticket ticket) {
		this.encoder.sendDatagram(this.queue, payload, (size) -> new DatagramTicket(target, size, ticket));
	}

	CompletableFuture<Void> sendAsyncTo(InetSocketAddress target, @Nullable Object payload) {
		Delivery delivery = new Delivery();
		try {
			sendTo(target, payload, delivery);
		}
		catch (RuntimeException ex) {
			delivery.failed(ex);
		}
		return delivery.future();
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
	public int sendToAll(@Nullable Object payload) {
		int taken = 0;
		for (Peer peer : this.peers.all()) {
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
		return CompletableFuture.failedFuture(new EndpointException(name(),
				"Endpoint '%s' is UDP, where a lost datagram would give every later reply to the wrong caller; "
					.formatted(name()) + "send and listen, or use TCP for requests"));
	}

	void undecodable(UdpPeer peer, Throwable cause) {
		logger.debug("Endpoint '{}' could not decode a message of peer {}", name(), peer, cause);
	}

	void handlerFailed(UdpPeer peer, Throwable cause) {
		this.handlerFailures.warn("Endpoint '{}' has a handler that failed on a message of peer {}", name(), peer,
				cause);
	}

}
