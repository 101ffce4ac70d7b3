package io.gestalt.benchmarks.client;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.channel.Channel;

/**
 * Connections that have sent one message, got its reply, and stay silent: what a server
 * sets up at the first message counts as well.
 */
final class IdleConnections {

	// Below the backlog of a listening socket, and the ports of one address are few.
	private static final int BATCH = 200;

	private static final int PER_ADDRESS = 500;

	private static final int TIMEOUT_SECONDS = 20;

	private final LoadGenerator generator;

	private final Deque<Channel> open = new ArrayDeque<>();

	IdleConnections(LoadGenerator generator) {
		this.generator = generator;
	}

	/**
	 * Opens or closes connections until there are so many.
	 * @throws IllegalStateException if the server has closed some
	 */
	void adjust(int port, int count) throws InterruptedException, ExecutionException, TimeoutException {
		while (this.open.size() > count) {
			this.open.removeLast().close().sync();
		}
		while (this.open.size() < count) {
			open(port, Math.min(BATCH, count - this.open.size()));
		}
		long lost = this.open.stream().filter((channel) -> !channel.isActive()).count();
		if (lost > 0) {
			throw new IllegalStateException("The server closed %d of %d idle connections".formatted(lost, count));
		}
	}

	private void open(int port, int count) throws InterruptedException, ExecutionException, TimeoutException {
		List<CompletableFuture<Channel>> batch = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			int address = 1 + (this.open.size() + i) / PER_ADDRESS;
			batch.add(this.generator.greet(port, new InetSocketAddress("127.0.0." + address, 0)));
		}
		for (CompletableFuture<Channel> connection : batch) {
			this.open.add(connection.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
		}
	}

}
