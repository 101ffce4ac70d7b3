package io.gestalt.test.memory;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;

/** Takes the options of sockets, most of which mean nothing here. */
final class MemoryConfig extends DefaultChannelConfig {

	private volatile boolean allowHalfClosure;

	MemoryConfig(Channel channel) {
		super(channel);
	}

	boolean allowsHalfClosure() {
		return this.allowHalfClosure;
	}

	@Override
	public <T> boolean setOption(ChannelOption<T> option, T value) {
		if (ChannelOption.ALLOW_HALF_CLOSURE.equals(option)) {
			this.allowHalfClosure = (Boolean) value;
			return true;
		}
		super.setOption(option, value);
		return true;
	}

}
