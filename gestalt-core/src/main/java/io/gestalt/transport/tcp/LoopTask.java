package io.gestalt.transport.tcp;

import io.netty.channel.Channel;

/**
 * A task on the event loop of a channel. One that fails ends the connection, as reading
 * would, where Netty alone goes on as if nothing was.
 *
 * @param channel the channel
 * @param task the task
 */
record LoopTask(Channel channel, Runnable task) implements Runnable {

	@Override
	public void run() {
		try {
			this.task.run();
		}
		catch (RuntimeException | Error ex) {
			this.channel.pipeline().fireExceptionCaught(ex);
		}
	}

}
