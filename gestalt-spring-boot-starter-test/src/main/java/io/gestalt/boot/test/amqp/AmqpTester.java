package io.gestalt.boot.test.amqp;

import java.util.function.Function;

import io.gestalt.boot.test.JournalTester;
import org.jspecify.annotations.Nullable;

/** What peers of AMQP endpoints have in common: what one kind cannot do it refuses. */
abstract class AmqpTester extends JournalTester {

	private final AmqpPeer peer;

	AmqpTester(AmqpPeer peer) {
		super(peer.endpoint(), peer.journal());
		this.peer = peer;
	}

	final AmqpPeer peer() {
		return this.peer;
	}

	@Override
	public void send(@Nullable Object payload) {
		throw refused("receives nothing but replies");
	}

	@Override
	public void sendRaw(int type, byte[] payload) {
		throw refused("receives nothing but replies");
	}

	@Override
	public <R> R request(@Nullable Object payload, Class<R> replyType) {
		throw refused("answers no requests");
	}

	@Override
	public <T> void answer(Class<T> requestType, Function<? super T, ? extends @Nullable Object> answer) {
		throw refused("asks nobody");
	}

	@Override
	public void awaitConnected() {
		throw refused("is connected to a broker, not to this peer");
	}

	@Override
	public void disconnect() {
		throw refused("is connected to a broker, not to this peer");
	}

	final UnsupportedOperationException refused(String why) {
		return new UnsupportedOperationException("Endpoint '%s' %s".formatted(endpoint().name(), why));
	}

	@Override
	public void close() {
		reset();
	}

}
