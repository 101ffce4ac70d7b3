package io.gestalt.test.memory;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.SocketException;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DefaultDatagramChannelConfig;

/**
 * Takes the options of datagram sockets, most of which mean nothing here. They are kept
 * by a real one that is never bound.
 */
final class MemoryDatagramConfig extends DefaultDatagramChannelConfig {

	private MemoryDatagramConfig(DatagramChannel channel, DatagramSocket options) {
		super(channel, options);
	}

	static MemoryDatagramConfig create(DatagramChannel channel) {
		try {
			return new MemoryDatagramConfig(channel, new DatagramSocket(null));
		}
		catch (SocketException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void close() {
		javaSocket().close();
	}

	@Override
	public <T> boolean setOption(ChannelOption<T> option, T value) {
		super.setOption(option, value);
		return true;
	}

}
