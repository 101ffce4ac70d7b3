package io.gestalt.amqp.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.DefaultExceptionHandler;

/**
 * Closes the channel of a consumer or listener that could not be called, such as for a
 * message for which there is no memory. What amqp-client does itself is to wait for the
 * answer of the broker on the thread that would have to read it: for ten minutes nothing
 * would be read on the whole connection.
 */
final class BrokenCalls extends DefaultExceptionHandler {

	/** Sees to the connections of a factory, unless the application does. */
	static void watch(ConnectionFactory factory) {
		if (factory.getExceptionHandler() == null
				|| factory.getExceptionHandler().getClass() == DefaultExceptionHandler.class) {
			factory.setExceptionHandler(new BrokenCalls());
		}
	}

	@Override
	protected void handleChannelKiller(Channel channel, Throwable exception, String what) {
		handleChannelKiller(channel, exception, what, what);
	}

	@Override
	protected void handleChannelKiller(Channel channel, Throwable exception, String what, String reason) {
		log("%s threw an exception for channel %s, which is closed".formatted(what, channel), exception);
		Aside.run("close-broken", () -> Channels.abandon(channel));
	}

}
