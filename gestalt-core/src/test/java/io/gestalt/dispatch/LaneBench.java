package io.gestalt.dispatch;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** An origin of messages without a network, and the lane in which they are handled. */
final class LaneBench implements Origin, Peer {

	final Counters counters = new Counters();

	final List<Object> replies = new CopyOnWriteArrayList<>();

	final List<Throwable> failures = new CopyOnWriteArrayList<>();

	final AtomicInteger resumed = new AtomicInteger();

	final Lane lane;

	volatile boolean congested;

	LaneBench(Listener listener, Executor worker, int capacity, long maxSize) {
		this.lane = new Dispatcher(listener, TestBed.TEXT, this.counters, worker).lane(this, capacity, maxSize, null);
	}

	/**
	 * Offers messages as a connection would, and tells how many the lane was ready for.
	 */
	int receive(String... payloads) {
		int taken = 0;
		for (String payload : payloads) {
			if (!this.lane.ready()) {
				break;
			}
			this.lane.receive(0, Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8));
			this.counters.increment(Counter.RECEIVED);
			taken++;
		}
		this.lane.receiveComplete();
		return taken;
	}

	long count(Counter counter) {
		return this.counters.get(counter);
	}

	@Override
	public MessageContext context(int type) {
		return new MessageContext(this, type);
	}

	@Override
	public void reply(Object result) {
		this.replies.add(result);
	}

	@Override
	public void undecodable(Throwable cause) {
		this.failures.add(cause);
	}

	@Override
	public void failed(Throwable cause) {
		this.failures.add(cause);
	}

	@Override
	public boolean congested() {
		return this.congested;
	}

	@Override
	public void resume() {
		this.resumed.incrementAndGet();
	}

	@Override
	public String id() {
		return "0123456789";
	}

	@Override
	public SocketAddress address() {
		return TestBed.loopback(1);
	}

	@Override
	public @Nullable Principal principal() {
		return null;
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
	public void close() {
	}

}
