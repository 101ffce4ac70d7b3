package io.gestalt.endpoint;

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
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Dispatcher;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.SharedBudget;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.OutboundBudget;
import io.gestalt.transport.OutboundQueue;
import io.gestalt.transport.TransportResources;
import io.netty.handler.ssl.NotSslRecordException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a TCP server and a TCP client have in common: peers, sending, requests. */
final class EndpointCore {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	/** How much of a message is logged, some of which repeat all that a peer sent. */
	private static final int LOGGED = 200;

	private final EndpointSettings settings;

	private final Counters counters = new Counters();

	private final FrameEncoder encoder;

	private final TransportResources resources;

	private volatile @Nullable Dispatcher dispatcher;

	private volatile SharedBudget budget;

	private final OutboundBudget outbound;

	private final FailureLog handlerFailures = new FailureLog();

	private final FailureLog badPeers = new FailureLog();

	private final FailureLog handshakeFailures = new FailureLog();

	private final Deadlines deadlines;

	private final ScheduledExecutorService timers;

	private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

	private volatile CompletableFuture<Peer> connected = new CompletableFuture<>();

	EndpointCore(EndpointSettings settings, TransportResources resources) {
		this.settings = settings;
		this.encoder = new FrameEncoder(settings.frameCodec(), settings.payloadCodec());
		this.resources = resources;
		this.budget = budget(settings);
		this.outbound = OutboundBudget.of(settings.queue());
		this.timers = resources.timers();
		this.deadlines = new Deadlines(this.timers, this::expire);
		if (settings.listener() != null) {
			listen(settings.listener(), false);
		}
	}

	private static SharedBudget budget(EndpointSettings settings) {
		return SharedBudget.fair(Math.min(settings.queue().maxSize(), Runtime.getRuntime().maxMemory() / 4));
	}

	void listen(Listener listener, boolean running) {
		if (running) {
			throw new EndpointException(name(),
					"Endpoint '%s' is running and cannot take another listener".formatted(name()));
		}
		this.dispatcher = new Dispatcher(listener, this.settings.payloadCodec(), this.counters,
				this.resources.worker());
	}

	EndpointSettings settings() {
		return this.settings;
	}

	String name() {
		return this.settings.name();
	}

	Counters counters() {
		return this.counters;
	}

	OutboundQueue newQueue() {
		return new OutboundQueue(this.settings.queue(), this.counters, this.outbound);
	}

	SharedBudget budget() {
		return this.budget;
	}

	@Nullable Dispatcher dispatcher() {
		return this.dispatcher;
	}

	ScheduledExecutorService timers() {
		return this.timers;
	}

	FrameEncoder encoder() {
		return this.encoder;
	}

	/** The conversations that were not given up. */
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
		connection.attach(queue);
		publish(new EndpointEvent.PeerConnected(name(), conversation));
		awaited.complete(conversation);
		return conversation;
	}

	/** Closes a connection that came too late. */
	Conversation refuse(Connection connection, OutboundQueue queue, Conversation.Owner owner) {
		Conversation refused = new Conversation(this, connection, queue, owner);
		connection.close(CloseReason.STOPPED, null);
		return refused;
	}

	private boolean remove(Conversation conversation) {
		synchronized (this.conversations) {
			boolean removed = this.conversations.remove(conversation);
			if (this.connected.isDone() && this.connected.join() == conversation) {
				this.connected = this.conversations.stream()
					.findFirst()
					.map((other) -> CompletableFuture.completedFuture((Peer) other))
					.orElseGet(CompletableFuture::new);
			}
			return removed;
		}
	}

	void closed(Conversation conversation, CloseReason reason, @Nullable Throwable cause) {
		if (remove(conversation)) {
			logger.debug("Endpoint '{}' lost peer {} at {}: {}", name(), conversation.id(), conversation.address(),
					reason, cause);
			if (reason == CloseReason.MALFORMED || reason == CloseReason.UNDECODABLE) {
				this.badPeers.warn("Endpoint '{}' closed the connection of peer {} at {}, {}: {}", name(),
						conversation.id(), conversation.address(), reason, brief(cause));
			}
			publish(new EndpointEvent.PeerDisconnected(name(), conversation, reason, cause));
		}
	}

	void handshakeFailed(SocketAddress address, @Nullable Throwable cause) {
		this.counters.increment(Counter.TLS_FAILED);
		this.handshakeFailures.warn("Endpoint '{}' could not agree on TLS with {}: {}", name(), address,
				rootMessage(cause));
		publish(new EndpointEvent.HandshakeFailed(name(), address, cause));
	}

	/** The message alone: what lies below may quote all that the peer has sent. */
	private static String brief(@Nullable Throwable cause) {
		String message = (cause != null) ? String.valueOf(cause.getMessage()) : "";
		return message.lines().findFirst().orElse("");
	}

	private static String rootMessage(@Nullable Throwable cause) {
		Throwable root = cause;
		while (root != null && root.getCause() != null) {
			root = root.getCause();
		}
		if (root == null) {
			return "the connection ended";
		}
		if (root instanceof NotSslRecordException) {
			// Its message is all that arrived, which may be confidential.
			return "what arrived is no TLS record";
		}
		String message = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		return (message.length() > LOGGED) ? message.substring(0, LOGGED) + "..." : message;
	}

	CompletableFuture<Peer> whenConnected() {
		synchronized (this.conversations) {
			return this.connected.copy();
		}
	}

	void publish(EndpointEvent event) {
		try {
			this.settings.observer().onEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("Endpoint '{}' has an observer that failed on {}", name(), event, ex);
		}
	}

	CompletableFuture<Void> sendAsync(OutboundQueue queue, @Nullable Object payload) {
		Delivery delivery = new Delivery();
		try {
			this.encoder.send(queue, payload, delivery);
		}
		catch (RuntimeException ex) {
			delivery.failed(ex);
		}
		return delivery.future();
	}

	@SuppressWarnings("unchecked")
	<R> CompletableFuture<R> request(OutboundQueue queue, @Nullable Object payload, Type replyType,
			@Nullable Duration timeout) {
		int replyTypeId = (replyType instanceof Class<?> type) ? this.settings.payloadCodec().types().idOf(type)
				: MessageTypes.NONE;
		PendingRequest request = new PendingRequest(replyType, replyTypeId,
				(timeout != null) ? timeout : this.settings.requestTimeout());
		try {
			this.encoder.send(queue, payload, request);
			this.deadlines.watch(request);
		}
		catch (RuntimeException ex) {
			request.failed(ex);
		}
		return (CompletableFuture<R>) request.reply();
	}

	private void expire(PendingRequest request) {
		this.counters.increment(Counter.REQUEST_TIMEOUTS);
		request.expire(name());
	}

	void handlerFailed(Conversation conversation, Throwable cause) {
		this.handlerFailures.warn("Endpoint '{}' has a handler that failed on a message of peer {} at {}", name(),
				conversation.id(), conversation.address(), cause);
		apply(conversation, CloseReason.HANDLER_FAILED, cause);
	}

	void undecodable(Conversation conversation, Throwable cause) {
		logger.debug("Endpoint '{}' could not decode a message of peer {} at {}", name(), conversation.id(),
				conversation.address(), cause);
		apply(conversation, CloseReason.UNDECODABLE, cause);
	}

	private void apply(Conversation conversation, CloseReason reason, Throwable cause) {
		if (onError() == OnError.CLOSE) {
			conversation.close(reason, cause);
		}
	}

	private OnError onError() {
		if (this.settings.onError() != null) {
			return this.settings.onError();
		}
		Dispatcher current = this.dispatcher;
		return (current != null && current.listener().replies()) ? OnError.CLOSE : OnError.DROP;
	}

	/**
	 * Lets the conversations finish what was accepted, then closes them.
	 * @param grace how long that may take
	 * @param drop drops what was meant for those that are not connected
	 */
	StopReport stop(Duration grace, Runnable drop) {
		long start = System.nanoTime();
		long handled = this.counters.get(Counter.HANDLED);
		long abandoned = this.counters.get(Counter.ABANDONED);
		long dropped = this.counters.get(Counter.DROPPED_LOST);
		List<Conversation> open = new ArrayList<>(this.conversations);
		open.forEach(Conversation::stopReading);
		Quiescence.await(open, grace);
		open.forEach(Conversation::abandon);
		CompletableFuture<?>[] closed = open.stream()
			.map((conversation) -> conversation.close(CloseReason.STOPPED, null))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(closed).completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
		drop.run();
		this.budget = budget(this.settings);
		return new StopReport(this.counters.get(Counter.HANDLED) - handled,
				this.counters.get(Counter.ABANDONED) - abandoned, this.counters.get(Counter.DROPPED_LOST) - dropped,
				Duration.ofNanos(System.nanoTime() - start));
	}

}
