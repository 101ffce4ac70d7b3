package io.gestalt.transport.queue;

import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;

/** Outcomes of writes, for batches that are written to nowhere. */
final class Written {

	private static final EmbeddedChannel CHANNEL = new EmbeddedChannel();

	private Written() {
	}

	static ChannelFuture future() {
		return CHANNEL.newSucceededFuture();
	}

	static ChannelFuture failed() {
		return CHANNEL.newFailedFuture(new java.io.IOException("The network is down"));
	}

}
