package io.gestalt.benchmarks.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gestalt.benchmarks.workload.FrameTemplate;
import io.gestalt.benchmarks.workload.NativeTransport;
import io.gestalt.benchmarks.workload.Workload;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Makes the traffic of one workload, on one event loop and with fresh connections in
 * every round.
 */
final class LoadGenerator {

	private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 512 * 1024);

	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final int SIGNIFICANT_DIGITS = 3;

	private final EventLoopGroup eventLoop = NativeTransport.eventLoops(1);

	private final Histogram greetings = new Histogram(SIGNIFICANT_DIGITS);

	private final Workload workload;

	private final int connections;

	private final FrameTemplate template;

	LoadGenerator(Workload workload, int connections) {
		this.workload = workload;
		this.connections = connections;
		this.template = new FrameTemplate(workload);
	}

	/** Plays one round against the server at this port. */
	Traffic run(int port, long durationNanos) throws InterruptedException {
		Histogram latency = new Histogram(SIGNIFICANT_DIGITS);
		List<Round> rounds = new ArrayList<>();
		List<Driver> drivers = new ArrayList<>();
		List<Channel> channels = new ArrayList<>();
		try {
			for (int i = 0; i < this.connections; i++) {
				Round round = new Round(durationNanos, latency);
				Driver driver = driver(round);
				rounds.add(round);
				drivers.add(driver);
				channels.add(connect(port, driver, null).sync().channel());
			}
			channels.forEach(LoadGenerator::start);
			await(rounds, drivers, durationNanos + GRACE_NANOS);
			return traffic(rounds, latency);
		}
		finally {
			for (Channel channel : channels) {
				channel.close().sync();
			}
		}
	}

	/**
	 * Sends one message from a local address and waits for the reply; the connection
	 * stays open.
	 */
	CompletableFuture<Channel> greet(int port, SocketAddress from) {
		Round round = new Round(0, this.greetings);
		ChannelFuture connected = connect(port, new EchoDriver(this.template, round, 1), from);
		connected.addListener((future) -> {
			if (future.isSuccess()) {
				start(connected.channel());
			}
			else {
				round.fail(future.cause());
			}
		});
		return round.done().thenApply((done) -> connected.channel());
	}

	private Driver driver(Round round) {
		if (this.workload.oneWay()) {
			return new FloodDriver(this.template, round);
		}
		return new EchoDriver(this.template, round, Math.max(1, this.workload.mode().inFlight() / this.connections));
	}

	private ChannelFuture connect(int port, Driver driver, @Nullable SocketAddress from) {
		Bootstrap bootstrap = new Bootstrap().group(this.eventLoop)
			.channel(NativeTransport.channel())
			.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
			.handler(driver);
		SocketAddress server = new InetSocketAddress("127.0.0.1", port);
		return (from != null) ? bootstrap.connect(server, from) : bootstrap.connect(server);
	}

	private static void start(Channel channel) {
		channel.eventLoop().execute(() -> ((Driver) channel.pipeline().last()).start(channel.pipeline().lastContext()));
	}

	private static void await(List<Round> rounds, List<Driver> drivers, long timeoutNanos) throws InterruptedException {
		CompletableFuture<?>[] done = rounds.stream().map(Round::done).toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(done).get(timeoutNanos, TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(String.valueOf(ex.getCause()), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException(
					"No end after %d ms: %s".formatted(TimeUnit.NANOSECONDS.toMillis(timeoutNanos), drivers), ex);
		}
	}

	private static Traffic traffic(List<Round> rounds, Histogram latency) {
		long messages = 0;
		long elapsedNanos = 0;
		for (Round round : rounds) {
			messages += round.messages();
			elapsedNanos = Math.max(elapsedNanos, round.elapsedNanos());
		}
		return new Traffic(messages, elapsedNanos, latency);
	}

	/**
	 * What all connections did together.
	 *
	 * @param messages messages sent and, with replies, verified
	 * @param elapsedNanos time of the slowest connection
	 * @param latency times to reply in nanoseconds, empty without replies
	 */
	record Traffic(long messages, long elapsedNanos, Histogram latency) {

	}

}
