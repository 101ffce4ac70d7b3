package io.gestalt.transport.tcp;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.netty.channel.Channel;

/**
 * Ends a connection whose peer will send nothing more, but not before all is answered
 * that it has sent. It looks for that ever more rarely; used on the event loop only.
 */
final class HalfClose implements Runnable {

	private static final int MAX_DELAY = 1000;

	private final Channel channel;

	private final BooleanSupplier answered;

	private final Runnable close;

	private int delay = 1;

	HalfClose(Channel channel, BooleanSupplier answered, Runnable close) {
		this.channel = channel;
		this.answered = answered;
		this.close = close;
	}

	@Override
	public void run() {
		if (this.answered.getAsBoolean()) {
			this.close.run();
			return;
		}
		this.channel.eventLoop().schedule(new LoopTask(this.channel, this), this.delay, TimeUnit.MILLISECONDS);
		this.delay = Math.min(this.delay * 2, MAX_DELAY);
	}

}
