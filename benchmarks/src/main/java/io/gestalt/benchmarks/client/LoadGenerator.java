package io.gestalt.benchmarks.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gestalt.benchmarks.workload.FrameTemplate;
import io.gestalt.benchmarks.workload.NativeTransport;
import io.gestalt.benchmarks.workload.Wire;
import io.gestalt.benchmarks.workload.Workload;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;

/** Makes the traffic of one workload, on one event loop. */
final class LoadGenerator {

	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final EventLoopGroup eventLoop = NativeTransport.eventLoops(1);

	private final Workload workload;

	private final FrameTemplate template;

	private final Blocks blocks;

	private final Connections active;

	private final Connections idle;

	LoadGenerator(Workload workload, Wire wire) {
		this.workload = workload;
		this.template = new FrameTemplate(workload, wire);
		this.blocks = new Blocks(this.template);
		this.active = new Connections(this.eventLoop, this.template);
		this.idle = new Connections(this.eventLoop, this.template);
	}

	/** Replaces the connections that play by so many to the server at this port. */
	void open(int port, int count) throws InterruptedException {
		this.active.adjust(port, 0);
		while (!this.active.adjust(port, count).isEmpty()) {
			this.active.verify();
		}
	}

	/**
	 * Opens or closes connections that have sent one message, got its reply, and stay
	 * silent: what a server sets up at the first message counts as well.
	 * @throws IllegalStateException if the server has closed some
	 */
	void idle(int port, int count) throws InterruptedException {
		for (List<Channel> opened = this.idle.adjust(port, count); !opened.isEmpty(); opened = this.idle.adjust(port,
				count)) {
			echo(opened, new Round(0, 1), opened.size());
		}
		this.idle.verify();
	}

	/** Plays one round on the open connections, which stay open. */
	Round run(long durationNanos) throws InterruptedException {
		this.active.verify();
		List<Channel> channels = this.active.channels();
		return this.workload.oneWay() ? flood(channels, new Round(durationNanos, channels.size()))
				: echo(channels, new Round(durationNanos, 1), this.workload.mode().inFlight());
	}

	private Round flood(List<Channel> channels, Round round) throws InterruptedException {
		List<FloodDriver> drivers = channels.stream().map((channel) -> new FloodDriver(round, this.blocks)).toList();
		this.eventLoop.execute(() -> {
			round.start(System.nanoTime());
			for (int i = 0; i < channels.size(); i++) {
				channels.get(i).pipeline().addLast(drivers.get(i));
			}
		});
		return await(round, channels, drivers);
	}

	// What one connection receives is all that can be there: nothing to wait for.
	private Round echo(List<Channel> channels, Round round, int inFlight) throws InterruptedException {
		List<EchoDriver> drivers = new ArrayList<>(channels.size());
		channels.forEach((channel) -> drivers.add(new EchoDriver(this.template, round, channel, inFlight)));
		Executor later = (channels.size() == 1) ? Runnable::run : this.eventLoop;
		Turns turns = new Turns(round, inFlight, drivers, later);
		this.eventLoop.execute(() -> {
			drivers.forEach((driver) -> driver.join(turns));
			turns.start();
		});
		return await(round, channels, drivers);
	}

	private static Round await(Round round, List<Channel> channels, List<? extends ChannelHandler> drivers)
			throws InterruptedException {
		long timeoutNanos = round.durationNanos() + GRACE_NANOS;
		try {
			round.done().get(timeoutNanos, TimeUnit.NANOSECONDS);
			for (int i = 0; i < drivers.size(); i++) {
				channels.get(i).pipeline().remove(drivers.get(i));
			}
			return round;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(String.valueOf(ex.getCause()), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("No end after %d ms on %d connections, of which the first has %s"
				.formatted(TimeUnit.NANOSECONDS.toMillis(timeoutNanos), channels.size(), drivers.get(0)), ex);
		}
	}

}
