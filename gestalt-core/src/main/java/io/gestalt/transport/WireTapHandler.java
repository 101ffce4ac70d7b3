package io.gestalt.transport;

import io.gestalt.transport.WireTap.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;

/** Shows a {@link WireTap} what passes through a channel, and is there only meanwhile. */
public final class WireTapHandler extends ChannelDuplexHandler {

	private final WireTap tap;

	private final String peer;

	private WireTapHandler(WireTap tap, String peer) {
		this.tap = tap;
		this.peer = peer;
	}

	/**
	 * Puts a tap into a channel, or takes out the one that is there.
	 * @param channel the channel
	 * @param reader the handler that reads what the tap is to see
	 * @param peer who is at the other end, where that does not change
	 * @param tap the tap, {@code null} for none
	 */
	public static void install(Channel channel, ChannelHandler reader, String peer, @Nullable WireTap tap) {
		if (!channel.eventLoop().inEventLoop()) {
			channel.eventLoop().execute(() -> install(channel, reader, peer, tap));
			return;
		}
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(WireTapHandler.class) != null) {
			pipeline.remove(WireTapHandler.class);
		}
		ChannelHandlerContext place = pipeline.context(reader);
		if (tap != null && place != null) {
			pipeline.addBefore(place.name(), null, new WireTapHandler(tap, peer));
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		show(Direction.IN, message);
		ctx.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		show(Direction.OUT, message);
		ctx.write(message, promise);
	}

	private void show(Direction direction, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.tap.passed(direction, this.peer, bytes);
		}
		else if (message instanceof DatagramPacket datagram) {
			Object other = (direction == Direction.IN) ? datagram.sender() : datagram.recipient();
			this.tap.passed(direction, String.valueOf(other), datagram.content());
		}
	}

}
