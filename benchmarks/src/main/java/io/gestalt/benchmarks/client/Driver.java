package io.gestalt.benchmarks.client;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;

/** The last handler of a connection, which makes its traffic. */
interface Driver extends ChannelHandler {

	/** Begins, on the event loop of the connection. */
	void start(ChannelHandlerContext context);

}
