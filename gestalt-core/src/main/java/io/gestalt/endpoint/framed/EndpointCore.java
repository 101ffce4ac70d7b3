package io.gestalt.endpoint.framed;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.gestalt.dispatch.Dispatcher;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.failed.FailureDesk;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.queue.Ticket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the endpoints of all transports have in common: settings, counters, the listener,
 * sending, events.
 */
public final class EndpointCore {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	private final EndpointSettings settings;

	private final TransportResources resources;

	private final Counters counters = new Counters();

	private final FrameEncoder encoder;

	private final FailureLog handlerFailures = new FailureLog();

	private final FailureLog uncaught = new FailureLog();

	private volatile @Nullable Dispatcher dispatcher;

	public EndpointCore(EndpointSettings settings, TransportResources resources) {
		this.settings = settings;
		this.resources = resources;
		this.encoder = new FrameEncoder(settings.frameCodec(), settings.payloadCodec());
		if (settings.listener() != null) {
			listen(settings.listener(), false);
		}
	}

	public void listen(Listener listener, boolean running) {
		if (running) {
			throw new EndpointException(name(),
					"Endpoint '%s' is running and cannot take another listener".formatted(name()));
		}
		this.dispatcher = new Dispatcher(listener, this.settings.payloadCodec(), this.counters, this.resources.worker(),
				new FailureDesk(name(), () -> this.settings.observer().failures()));
	}

	/**
	 * Has a message handled once more that was given up.
	 * @param message the message
	 * @param peers the peers that are there now, of which its sender may be one
	 * @return what the handler returned
	 */
	public CompletableFuture<@Nullable Object> replay(FailedMessage message, Collection<Peer> peers) {
		Dispatcher current = this.dispatcher;
		if (current == null) {
			return CompletableFuture.failedFuture(FailedMessageException.refused(message.id(),
					"Endpoint '%s' of failed message %d has no listener".formatted(name(), message.id()),
					"Give the endpoint a listener, or discard the message."));
		}
		Peer sender = peers.stream()
			.filter((peer) -> peer.id().equals(message.sender().id()))
			.findFirst()
			.orElseGet(() -> new GonePeer(message.sender(), this));
		return current.replay(message, sender);
	}

	public EndpointSettings settings() {
		return this.settings;
	}

	public String name() {
		return this.settings.name();
	}

	public Counters counters() {
		return this.counters;
	}

	/** How the listener is called, {@code null} if there is none. */
	public @Nullable Dispatcher dispatcher() {
		return this.dispatcher;
	}

	/** How many lanes of handlers are at work. */
	public int handlers() {
		Dispatcher current = this.dispatcher;
		return (current != null) ? current.active() : 0;
	}

	/** How many messages wait to be written, by what was counted of all others. */
	public long sending() {
		long gone = this.counters.get(Counter.SENT) + this.counters.get(Counter.REFUSED)
				+ this.counters.get(Counter.DROPPED_OLDEST) + this.counters.get(Counter.DROPPED_NEWEST)
				+ this.counters.get(Counter.DROPPED_LOST);
		return Math.max(0, this.counters.get(Counter.OFFERED) - gone);
	}

	/** What is done with messages, {@code null} if nothing is. */
	public @Nullable Listener listener() {
		Dispatcher current = this.dispatcher;
		return (current != null) ? current.listener() : null;
	}

	/**
	 * Checks that an endpoint can be paused.
	 * @throws EndpointException if it is not running or takes nothing in
	 */
	public void checkPausable(boolean running) {
		if (!running) {
			throw new EndpointException(name(), "Endpoint '%s' is not running".formatted(name()));
		}
		if (this.dispatcher == null) {
			throw new EndpointException(name(),
					"Endpoint '%s' has no listener, so it takes nothing in that could be paused".formatted(name()));
		}
	}

	/**
	 * Changes how many handlers may run at the same time.
	 * @throws EndpointException if there are none, or on an event loop
	 */
	public void concurrency(int limit) {
		Dispatcher current = this.dispatcher;
		if (current == null || current.listener().execution() == Execution.EVENT_LOOP) {
			throw new EndpointException(name(), "Endpoint '%s' %s".formatted(name(), (current == null)
					? "has no listener whose handlers could be counted"
					: "runs its handlers on the event loops, one for each of these, so their number cannot be changed"));
		}
		current.concurrency(limit);
	}

	public void publish(EndpointEvent event) {
		try {
			this.settings.observer().onEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("Endpoint '{}' has an observer that failed on {}", name(), event, ex);
		}
	}

	/** Encodes a message and queues it. */
	public void send(OutboundQueue queue, @Nullable Object payload, @Nullable Ticket ticket) {
		this.encoder.send(queue, payload, ticket);
	}

	/** Encodes a message and queues it as a datagram, with a ticket for its size. */
	public void sendDatagram(OutboundQueue queue, @Nullable Object payload, IntFunction<Ticket> ticket) {
		this.encoder.sendDatagram(queue, payload, ticket);
	}

	/**
	 * Sends a message and tells what becomes of it.
	 * @param send queues the message with the ticket that it is given
	 * @return completes when the message was written
	 */
	public static CompletableFuture<Void> follow(Consumer<Ticket> send) {
		Delivery delivery = new Delivery();
		try {
			send.accept(delivery);
		}
		catch (RuntimeException ex) {
			delivery.failed(ex);
		}
		return delivery.future();
	}

	/** Counts a message that is refused before it can be queued. */
	public SendException refused(String why) {
		this.counters.increment(Counter.OFFERED);
		this.counters.increment(Counter.REFUSED);
		return new SendException(Counter.REFUSED, why);
	}

	/** The only one of some peers. */
	public <P> P only(Iterable<P> peers) {
		P only = null;
		int count = 0;
		for (P peer : peers) {
			only = peer;
			count++;
		}
		if (only == null) {
			throw new EndpointException(name(), "Endpoint '%s' has no peer to send to".formatted(name()));
		}
		if (count > 1) {
			throw new EndpointException(name(),
					"Endpoint '%s' has %d peers, which one is meant is not clear".formatted(name(), count));
		}
		return only;
	}

	/** A peer can exhaust stack or memory by what it sends, which is no fault of ours. */
	public void undecodable(Peer peer, Throwable cause) {
		if (cause instanceof Error && !(cause instanceof VirtualMachineError)) {
			uncaught(cause);
		}
		logger.debug("Endpoint '{}' could not decode a message of peer {}", name(), peer, cause);
	}

	public void handlerFailed(Peer peer, Throwable cause) {
		this.handlerFailures.warn("Endpoint '{}' has a handler that failed on a message of peer {}", name(), peer,
				cause);
		if (cause instanceof Error) {
			uncaught(cause);
		}
	}

	/** A transport failed, which matters if it was by no fault of network or peer. */
	public void broken(@Nullable Throwable cause) {
		if (cause != null && Faults.isOurs(cause)) {
			uncaught(cause);
		}
	}

	/** A task that tells when it fails, unlike one that is scheduled. */
	public Runnable watched(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				broken(ex);
			}
		};
	}

	private void uncaught(Throwable error) {
		this.uncaught.error("Endpoint '{}' met an error that nobody handles", name(), error);
		publish(new EndpointEvent.Uncaught(name(), error));
	}

}
