package io.gestalt.amqp.channel;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.NetworkConnection;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/** Tells the world whether an endpoint that publishes has its broker. */
public final class BrokerLink implements ChannelKeeper.User {

	private final Endpoint endpoint;

	private final AmqpSettings settings;

	private @Nullable Peer peer;

	private @Nullable Channel channel;

	/** Whether the next channel takes the place of one that was lost. */
	private boolean replacing;

	private CompletableFuture<Peer> connected = new CompletableFuture<>();

	public BrokerLink(Endpoint endpoint, AmqpSettings settings) {
		this.endpoint = endpoint;
		this.settings = settings;
	}

	public synchronized Collection<Peer> peers() {
		return (this.peer != null) ? List.of(this.peer) : List.of();
	}

	public synchronized CompletableFuture<Peer> whenConnected() {
		return this.connected.copy();
	}

	/** A channel that was closed meanwhile is none. */
	@Override
	public void opened(Channel opened) {
		Peer broker = new BrokerPeer(this.endpoint, address(opened));
		CompletableFuture<Peer> waiting;
		boolean again;
		synchronized (this) {
			if (!opened.isOpen()) {
				return;
			}
			this.peer = broker;
			this.channel = opened;
			waiting = this.connected;
			again = this.replacing;
			this.replacing = false;
		}
		this.endpoint.counters().increment(Counter.CONNECTED);
		if (again) {
			this.endpoint.counters().increment(Counter.RECONNECTED);
		}
		this.settings.publish(new EndpointEvent.PeerConnected(this.settings.name(), broker));
		waiting.complete(broker);
	}

	private InetSocketAddress address(Channel opened) {
		return (opened.getConnection() instanceof NetworkConnection connection)
				? new InetSocketAddress(connection.getAddress(), connection.getPort())
				: this.settings.resources().connections().address();
	}

	@Override
	public void lost(Channel lost, ShutdownSignalException cause) {
		ended(lost, CloseReason.FAILED, cause);
	}

	/** The endpoint has stopped. */
	public void stopped() {
		ended(null, CloseReason.STOPPED, null);
	}

	private void ended(@Nullable Channel lost, CloseReason reason, @Nullable Throwable cause) {
		Peer broker;
		synchronized (this) {
			if (lost != null && lost != this.channel) {
				return;
			}
			broker = this.peer;
			this.peer = null;
			this.channel = null;
			this.replacing = lost != null;
			this.connected = this.connected.isDone() ? new CompletableFuture<>() : this.connected;
		}
		if (broker != null) {
			this.endpoint.counters().increment(Counter.DISCONNECTED);
			this.settings.publish(new EndpointEvent.PeerDisconnected(this.settings.name(), broker, reason, cause));
		}
	}

	@Override
	public void failed(Exception cause, Duration retryIn) {
		this.endpoint.counters().increment(Counter.CONNECT_FAILED);
		this.settings.publish(new EndpointEvent.ConnectFailed(this.settings.name(),
				this.settings.resources().connections().address(), retryIn, cause));
	}

}
