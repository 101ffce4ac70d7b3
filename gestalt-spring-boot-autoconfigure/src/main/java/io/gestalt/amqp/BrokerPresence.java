package io.gestalt.amqp;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.transport.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whether the broker is there: to the log once, to observers and to who waits. */
final class BrokerPresence implements ChannelKeeper.User {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	private final Endpoint endpoint;

	private final AmqpSettings settings;

	private CompletableFuture<Peer> awaited = new CompletableFuture<>();

	private boolean warned;

	private volatile @Nullable BrokerPeer peer;

	BrokerPresence(Endpoint endpoint, AmqpSettings settings) {
		this.endpoint = endpoint;
		this.settings = settings;
	}

	@Override
	public void opened(Channel channel) {
		BrokerPeer there = new BrokerPeer(this.endpoint, this.settings.resources().connections().address());
		CompletableFuture<Peer> waiting;
		synchronized (this) {
			this.peer = there;
			waiting = this.awaited;
			if (this.warned) {
				logger.info("Endpoint '{}' is connected to RabbitMQ again", this.endpoint.name());
			}
			this.warned = false;
		}
		this.endpoint.counters().increment(Counter.CONNECTED);
		publish(new EndpointEvent.PeerConnected(this.endpoint.name(), there));
		waiting.complete(there);
	}

	@Override
	public void lost(ShutdownSignalException cause) {
		BrokerPeer gone = forget();
		if (gone != null) {
			this.endpoint.counters().increment(Counter.DISCONNECTED);
			publish(new EndpointEvent.PeerDisconnected(this.endpoint.name(), gone, CloseReason.FAILED, cause));
		}
	}

	@Override
	public void failed(Exception cause, Duration retryIn) {
		this.endpoint.counters().increment(Counter.CONNECT_FAILED);
		synchronized (this) {
			if (!this.warned) {
				logger.warn("Endpoint '{}' cannot reach what it needs of RabbitMQ and keeps trying: {}",
						this.endpoint.name(), rootMessage(cause));
			}
			this.warned = true;
		}
		publish(new EndpointEvent.ConnectFailed(this.endpoint.name(),
				this.settings.resources().connections().address(), retryIn, cause));
	}

	private static String rootMessage(Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return String.valueOf((root.getMessage() != null) ? root.getMessage() : root);
	}

	/** The endpoint has closed its channel. */
	void stopped() {
		BrokerPeer gone = forget();
		if (gone != null) {
			this.endpoint.counters().increment(Counter.DISCONNECTED);
			publish(new EndpointEvent.PeerDisconnected(this.endpoint.name(), gone, CloseReason.STOPPED, null));
		}
	}

	private synchronized @Nullable BrokerPeer forget() {
		BrokerPeer gone = this.peer;
		this.peer = null;
		if (gone != null) {
			this.awaited = new CompletableFuture<>();
		}
		return gone;
	}

	/** The broker, if it is there. */
	Collection<Peer> peers() {
		BrokerPeer there = this.peer;
		return (there != null) ? List.of(there) : List.of();
	}

	synchronized CompletableFuture<Peer> whenConnected() {
		return this.awaited.copy();
	}

	void publish(EndpointEvent event) {
		try {
			this.settings.observer().onEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("Endpoint '{}' has an observer that failed on {}", this.endpoint.name(), event, ex);
		}
	}

}
