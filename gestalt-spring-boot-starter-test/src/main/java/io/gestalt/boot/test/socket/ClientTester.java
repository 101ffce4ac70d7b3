package io.gestalt.boot.test.socket;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.gestalt.boot.test.JournalTester;
import io.gestalt.boot.test.Waiting;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Message;
import io.gestalt.message.Peer;
import io.gestalt.test.fault.FaultProxy;
import org.jspecify.annotations.Nullable;

/** The server that a client of the application connects to. */
final class ClientTester extends JournalTester {

	private static final long PAUSE = 1_000_000;

	private final Answers answers;

	private final Endpoint server;

	private final Consumer<InetSocketAddress> address;

	private final @Nullable IntFunction<FaultProxy> proxies;

	private @Nullable FaultProxy proxy;

	/**
	 * Prepares a server.
	 * @param settings those of its endpoint
	 * @param answers what it answers
	 * @param server the server, not yet open
	 * @param address is told where the client is to connect
	 * @param proxies makes a proxy before a port, {@code null} if there can be none
	 */
	ClientTester(PeerSettings settings, Answers answers, Endpoint server, Consumer<InetSocketAddress> address,
			@Nullable IntFunction<FaultProxy> proxies) {
		super(settings.endpoint(), settings.journal());
		this.answers = answers;
		this.server = server;
		this.address = address;
		this.proxies = proxies;
	}

	@Override
	public void start() {
		this.server.start();
		this.address.accept(here());
	}

	private InetSocketAddress here() {
		return (InetSocketAddress) this.server.addresses().get(0);
	}

	private Peer client() {
		return Waiting.get(this.server.whenConnected(), journal().timeout(),
				"To wait for '%s' to connect".formatted(endpoint().name()));
	}

	@Override
	public void send(@Nullable Object payload) {
		Waiting.get(client().sendAsync(payload), journal().timeout(), "To send");
	}

	@Override
	public void sendRaw(int type, byte[] payload) {
		send(Message.of(type, new Raw(payload, type)));
	}

	@Override
	public <R> R request(@Nullable Object payload, Class<R> replyType) {
		client();
		return Waiting.get(this.server.request(payload, replyType), journal().timeout().plusSeconds(1), "A request");
	}

	@Override
	public <T> void answer(Class<T> requestType, Function<? super T, ? extends @Nullable Object> answer) {
		this.answers.add(requestType, answer);
	}

	@Override
	public void awaitConnected() {
		client();
	}

	@Override
	public void disconnect() {
		Collection<Peer> gone = List.copyOf(this.server.peers());
		gone.forEach(Peer::close);
		long deadline = System.nanoTime() + journal().timeout().toNanos();
		while (!Collections.disjoint(this.server.peers(), gone) && System.nanoTime() < deadline) {
			LockSupport.parkNanos(PAUSE);
		}
	}

	@Override
	public synchronized FaultProxy faults() {
		if (this.proxies == null) {
			return super.faults();
		}
		FaultProxy current = this.proxy;
		if (current == null) {
			current = this.proxies.apply(here().getPort());
			this.proxy = current;
			this.address.accept(new InetSocketAddress(current.host(), current.port()));
			disconnect();
		}
		return current;
	}

	@Override
	public synchronized void reset() {
		this.answers.clear();
		if (this.proxy != null) {
			this.address.accept(here());
			this.proxy.close();
			this.proxy = null;
		}
	}

	@Override
	public void close() {
		reset();
		this.server.stop(Duration.ZERO);
	}

}
