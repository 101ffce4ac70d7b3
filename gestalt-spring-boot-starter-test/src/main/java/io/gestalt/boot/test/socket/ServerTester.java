package io.gestalt.boot.test.socket;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.gestalt.boot.test.JournalTester;
import io.gestalt.boot.test.Waiting;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Message;
import io.gestalt.test.fault.FaultProxy;
import org.jspecify.annotations.Nullable;

/** A peer of a server of the application: it connects when it is first used. */
final class ServerTester extends JournalTester {

	private final Function<Integer, Endpoint> connector;

	private final @Nullable IntFunction<FaultProxy> proxies;

	private @Nullable Endpoint peer;

	private @Nullable FaultProxy proxy;

	/**
	 * Prepares a peer.
	 * @param settings those of its endpoint
	 * @param connector makes a client of a port
	 * @param proxies makes a proxy before a port, {@code null} if there can be none
	 */
	ServerTester(PeerSettings settings, Function<Integer, Endpoint> connector,
			@Nullable IntFunction<FaultProxy> proxies) {
		super(settings.endpoint(), settings.journal());
		this.connector = connector;
		this.proxies = proxies;
	}

	private synchronized Endpoint peer() {
		Endpoint current = this.peer;
		if (current == null) {
			current = this.connector.apply((this.proxy != null) ? this.proxy.port() : port());
			current.start();
			this.peer = current;
		}
		return current;
	}

	private int port() {
		Endpoint server = endpoint();
		if (!server.running()) {
			throw new IllegalStateException("Endpoint '%s' is not running".formatted(server.name()));
		}
		return ((InetSocketAddress) server.addresses().iterator().next()).getPort();
	}

	@Override
	public void send(@Nullable Object payload) {
		Waiting.get(peer().sendAsync(payload), journal().timeout(), "To send to '%s'".formatted(name()));
	}

	@Override
	public void sendRaw(int type, byte[] payload) {
		send(Message.of(type, new Raw(payload, type)));
	}

	@Override
	public <R> R request(@Nullable Object payload, Class<R> replyType) {
		return Waiting.get(peer().request(payload, replyType), journal().timeout().plusSeconds(1),
				"A request to '%s'".formatted(name()));
	}

	@Override
	public <T> void answer(Class<T> requestType, Function<? super T, ? extends @Nullable Object> answer) {
		throw new UnsupportedOperationException(
				"Endpoint '%s' is a server, which is asked and does not ask".formatted(name()));
	}

	@Override
	public void awaitConnected() {
		Waiting.get(peer().whenConnected(), journal().timeout(), "To connect to '%s'".formatted(name()));
	}

	@Override
	public synchronized void disconnect() {
		Endpoint current = this.peer;
		this.peer = null;
		if (current != null) {
			current.stop(Duration.ZERO);
		}
	}

	@Override
	public synchronized FaultProxy faults() {
		if (this.proxies == null) {
			return super.faults();
		}
		FaultProxy current = this.proxy;
		if (current == null) {
			current = this.proxies.apply(port());
			this.proxy = current;
			disconnect();
		}
		return current;
	}

	@Override
	public synchronized void reset() {
		disconnect();
		if (this.proxy != null) {
			this.proxy.close();
			this.proxy = null;
		}
	}

	@Override
	public void close() {
		reset();
	}

	private String name() {
		return endpoint().name();
	}

}
