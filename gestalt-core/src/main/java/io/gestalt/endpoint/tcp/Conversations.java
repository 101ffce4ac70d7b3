package io.gestalt.endpoint.tcp;

import java.lang.reflect.Type;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Dispatcher;
import io.gestalt.dispatch.Lane;
import io.gestalt.dispatch.Origin;
import io.gestalt.dispatch.backlog.SharedBudget;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.observation.MessageObservation;
import io.gestalt.observation.MessageObserver.Kind;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.queue.OutboundBudget;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.queue.QueueLimits;
import org.jspecify.annotations.Nullable;

/** The conversations of a TCP endpoint, from their beginning to their end. */
final class Conversations {

	private final EndpointCore core;

	private final ScheduledExecutorService timers;

	private final PeerFailures failures;

	private final Deadlines deadlines;

	private final OutboundBudget outbound;

	private volatile SharedBudget inbound;

	private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

	private volatile CompletableFuture<Peer> connected = new CompletableFuture<>();

	private volatile boolean paused;

	private volatile @Nullable WireTap tap;

	Conversations(EndpointCore core, ScheduledExecutorService timers) {
		this.core = core;
		this.timers = timers;
		this.failures = new PeerFailures(core);
		this.deadlines = new Deadlines(timers, core);
		this.outbound = OutboundBudget.of(core.settings().queue());
		this.inbound = inbound(core.settings().queue());
	}

	private static SharedBudget inbound(QueueLimits limits) {
		return SharedBudget.fair(Math.min(limits.maxSize(), Runtime.getRuntime().maxMemory() / 4));
	}

	EndpointCore core() {
		return this.core;
	}

	ScheduledExecutorService timers() {
		return this.timers;
	}

	PeerFailures failures() {
		return this.failures;
	}

	OutboundQueue newQueue() {
		return new OutboundQueue(this.core.settings().queue(), this.core.counters(), this.outbound);
	}

	@Nullable Lane newLane(Origin origin) {
		QueueLimits limits = this.core.settings().queue();
		Dispatcher dispatcher = this.core.dispatcher();
		return (dispatcher != null) ? dispatcher.lane(origin, limits.capacity(), limits.maxSize(), this.inbound) : null;
	}

	EndpointLoad load() {
		return new EndpointLoad(this.inbound.count(), this.core.handlers(), this.core.sending(), this.outbound.used(),
				this.deadlines.pending());
	}

	/** Those that were not given up. */
	List<Conversation> live() {
		return this.conversations.stream().filter((conversation) -> !conversation.gone()).toList();
	}

	Collection<Peer> peers() {
		return List.copyOf(live());
	}

	Conversation open(Connection connection, OutboundQueue queue, Conversation.Owner owner) {
		Conversation conversation = new Conversation(this, connection, queue, owner);
		CompletableFuture<Peer> awaited;
		synchronized (this.conversations) {
			this.conversations.add(conversation);
			awaited = this.connected;
		}
		WireTap current = this.tap;
		if (current != null) {
			connection.tap(current);
		}
		connection.attach(queue);
		this.core.publish(new EndpointEvent.PeerConnected(this.core.name(), conversation));
		awaited.complete(conversation);
		return conversation;
	}

	/** Takes nothing in but replies, until it is told to go on. */
	void pause(boolean pause) {
		boolean resumes = this.paused && !pause;
		this.paused = pause;
		if (resumes) {
			this.conversations.forEach(Conversation::resume);
		}
	}

	boolean paused() {
		return this.paused;
	}

	void tap(@Nullable WireTap newTap) {
		this.tap = newTap;
		this.conversations.forEach((conversation) -> conversation.tap(newTap));
	}

	/** Closes a connection that came too late. */
	Conversation refuse(Connection connection, OutboundQueue queue, Conversation.Owner owner) {
		Conversation refused = new Conversation(this, connection, queue, owner);
		connection.close(CloseReason.STOPPED, null);
		return refused;
	}

	void closed(Conversation conversation, CloseReason reason, @Nullable Throwable cause) {
		if (remove(conversation)) {
			this.failures.closed(conversation, reason, cause);
			this.core.publish(new EndpointEvent.PeerDisconnected(this.core.name(), conversation, reason, cause));
		}
	}

	private boolean remove(Conversation conversation) {
		synchronized (this.conversations) {
			boolean removed = this.conversations.remove(conversation);
			awaitAnother((peer) -> peer == conversation);
			return removed;
		}
	}

	/** Whoever asks who is connected is to get one who is still there. */
	private void awaitAnother(Predicate<Peer> gone) {
		if (this.connected.isDone() && gone.test(this.connected.join())) {
			this.connected = live().stream()
				.findFirst()
				.map((other) -> CompletableFuture.completedFuture((Peer) other))
				.orElseGet(CompletableFuture::new);
		}
	}

	void handshakeFailed(SocketAddress address, @Nullable Throwable cause) {
		this.failures.handshake(address, cause);
	}

	/** A peer has gone, or was sent away, before there was a conversation. */
	void notAccepted(SocketAddress address, CloseReason reason, @Nullable Throwable cause) {
		if (reason == CloseReason.TLS_FAILED) {
			handshakeFailed(address, cause);
		}
		else if (reason == CloseReason.FORBIDDEN) {
			this.failures.forbidden(address, cause);
		}
	}

	CompletableFuture<Peer> whenConnected() {
		synchronized (this.conversations) {
			awaitAnother((peer) -> peer instanceof Conversation conversation && conversation.gone());
			return this.connected.copy();
		}
	}

	@SuppressWarnings("unchecked")
	<R> CompletableFuture<R> request(OutboundQueue queue, @Nullable Object payload, Type replyType,
			@Nullable Duration timeout) {
		int replyTypeId = (replyType instanceof Class<?> type) ? this.core.settings().payloadCodec().types().idOf(type)
				: MessageTypes.NONE;
		MessageObservation observation = this.core.settings()
			.observer()
			.messages()
			.begin(Kind.REQUEST, this.core.name(), payload, null);
		PendingRequest request = new PendingRequest(replyType, replyTypeId,
				(timeout != null) ? timeout : this.core.settings().requestTimeout());
		try {
			this.core.send(queue, payload, request);
			this.deadlines.watch(request);
		}
		catch (RuntimeException ex) {
			request.failed(ex);
		}
		return (CompletableFuture<R>) observation.follow(request.reply());
	}

	/**
	 * Lets the conversations finish what was accepted, then closes them.
	 * @param grace how long that may take
	 * @param drop drops what was meant for those that are not connected
	 */
	void stop(Duration grace, Runnable drop) {
		finish(new ArrayList<>(this.conversations), grace);
		drop.run();
		this.inbound = inbound(this.core.settings().queue());
	}

	/** What was read before a pause is handled, too. */
	private void finish(List<Conversation> open, Duration grace) {
		open.forEach(Conversation::stopReading);
		pause(false);
		Quiescence.await(open, grace);
		open.forEach(Conversation::abandon);
		CompletableFuture<?>[] closed = open.stream()
			.map((conversation) -> conversation.close(CloseReason.STOPPED, null))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(closed).completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
	}

}
