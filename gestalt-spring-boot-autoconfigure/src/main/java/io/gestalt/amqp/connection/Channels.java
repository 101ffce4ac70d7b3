package io.gestalt.amqp.connection;

import java.io.IOException;

import com.rabbitmq.client.Channel;
import org.jspecify.annotations.Nullable;

/** Ends channels that are of no use any more. */
public final class Channels {

	private Channels() {
	}

	/** Closes a channel, if there is one, whatever becomes of that. */
	public static void abandon(@Nullable Channel channel) {
		if (channel != null && channel.isOpen()) {
			try {
				channel.abort();
			}
			catch (IOException | RuntimeException ex) {
				// it is gone anyway
			}
		}
	}

}
