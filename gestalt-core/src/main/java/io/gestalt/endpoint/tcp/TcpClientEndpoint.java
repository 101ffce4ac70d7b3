package io.gestalt.endpoint.tcp;

import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.SocketEndpoint;
import io.gestalt.endpoint.StopReport;
import io.gestalt.failed.FailedMessage;
import io.gestalt.message.Counters;
import io.gestalt.message.Peer;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.tcp.TcpClientTransport;
import io.gestalt.transport.tcp.TcpOptions;
import org.jspecify.annotations.Nullable;

/** Keeps TCP connections to one or more targets. */
public final class TcpClientEndpoint implements SocketEndpoint {

	private final EndpointCore core;

	private final Conversations conversations;

	private final List<Link> links;

	private final AtomicInteger turn = new AtomicInteger();

	private volatile boolean running;

	/**
	 * Creates a client that is not yet open.
	 * @param settings name, codecs, limits, listener
	 * @param targets where to connect, and how
	 * @param options TLS, time-outs
	 * @param resources threads, which stay open when the endpoint stops
	 */
	public TcpClientEndpoint(EndpointSettings settings, Targets targets, TcpOptions options,
			TransportResources resources) {
		this.core = new EndpointCore(settings, resources);
		this.conversations = new Conversations(this.core, resources.timers());
		TcpClientTransport transport = new TcpClientTransport(resources, options, settings.frameCodec(),
				this.core.counters());
		this.links = targets.groups()
			.stream()
			.map((group) -> new Link(this.conversations, transport, group, targets.reconnect(), this::moved))
			.toList();
	}

	@Override
	public synchronized void listen(Listener listener) {
		this.core.listen(listener, running());
	}

	@Override
	public synchronized void start() {
		if (!this.running) {
			this.running = true;
			this.links.forEach(Link::start);
			this.core.publish(new EndpointEvent.Started(name(), List.of()));
			this.links.forEach(Link::connect);
		}
	}

	@Override
	public synchronized StopReport stop(Duration grace) {
		if (!this.running) {
			return StopReport.NOTHING;
		}
		this.running = false;
		StopReport report = StopReport.of(counters(), () -> {
			this.links.forEach(Link::stop);
			this.conversations.stop(grace, () -> this.links.forEach(Link::drop));
		});
		this.core.publish(new EndpointEvent.Stopped(name(), report));
		return report;
	}

	/** What waits for a target that is away goes to one that is there. */
	private void moved() {
		Link there = this.links.stream().filter(Link::connected).findFirst().orElse(null);
		if (there != null) {
			this.links.stream()
				.filter((link) -> !link.connected() && !link.opening() && link.queue().count() > 0)
				.forEach((link) -> link.queue().moveTo(there.queue()));
		}
	}

	private Link next() {
		int size = this.links.size();
		int start = Math.floorMod(this.turn.getAndIncrement(), size);
		for (int i = 0; i < size; i++) {
			Link link = this.links.get((start + i) % size);
			if (link.connected()) {
				return link;
			}
		}
		return this.links.get(0);
	}

	/** A target may be lost between being chosen and being given a message. */
	private void given(Link link) {
		if (this.links.size() > 1 && !link.connected()) {
			moved();
		}
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

	@Override
	public boolean running() {
		return this.running;
	}

	/** With several targets at the same time one of them will do. */
	@Override
	public EndpointState state() {
		if (!this.running) {
			return EndpointState.STOPPED;
		}
		if (this.links.stream().noneMatch(Link::connected)) {
			return EndpointState.CONNECTING;
		}
		return paused() ? EndpointState.PAUSED : EndpointState.READY;
	}

	/** Why a target could not be reached the last time. */
	@Override
	public @Nullable Throwable lastError() {
		return this.links.stream().map(Link::lastError).filter(Objects::nonNull).findFirst().orElse(null);
	}

	@Override
	public List<SocketAddress> addresses() {
		return List.of();
	}

	/** Where it connects to. */
	public List<InetSocketAddress> targets() {
		return this.links.stream().flatMap((link) -> link.targets().stream()).toList();
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

	@Override
	public void send(@Nullable Object payload) {
		Link link = next();
		this.core.send(link.queue(), payload, null);
		given(link);
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		Link link = next();
		CompletableFuture<Void> sent = EndpointCore.follow((ticket) -> this.core.send(link.queue(), payload, ticket));
		given(link);
		return sent;
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		Link link = next();
		CompletableFuture<R> reply = this.conversations.request(link.queue(), payload, replyType, timeout);
		given(link);
		return reply;
	}

}
