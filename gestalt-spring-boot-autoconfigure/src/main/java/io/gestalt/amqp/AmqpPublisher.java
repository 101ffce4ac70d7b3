package io.gestalt.amqp;

import java.lang.reflect.Type;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/** Publishes to an exchange. */
public final class AmqpPublisher implements Endpoint {

	private final AmqpSettings settings;

	private final PublisherOptions options;

	private final Counters counters = new Counters();

	public AmqpPublisher(AmqpSettings settings, PublisherOptions options) {
		this.settings = settings;
		this.options = options;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public void listen(Listener listener) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void start() {
		throw new UnsupportedOperationException(this.options.toString());
	}

	@Override
	public StopReport stop(Duration grace) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean running() {
		return false;
	}

	@Override
	public List<SocketAddress> addresses() {
		return List.of();
	}

	@Override
	public Collection<Peer> peers() {
		return List.of();
	}

	@Override
	public Counters counters() {
		return this.counters;
	}

	@Override
	public MessageTypes types() {
		return this.settings.codec().types();
	}

	@Override
	public boolean carriesType() {
		return true;
	}

	@Override
	public Duration sendTimeout() {
		return this.settings.sendTimeout();
	}

	@Override
	public CompletableFuture<Peer> whenConnected() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void send(@Nullable Object payload) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		throw new UnsupportedOperationException();
	}

	@Override
	public int sendToAll(@Nullable Object payload) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <R> CompletableFuture<R> request(@Nullable Object payload, Type replyType, @Nullable Duration timeout) {
		throw new UnsupportedOperationException();
	}

}
