package io.gestalt.boot.test.amqp;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.Channels;
import org.jspecify.annotations.Nullable;

/** Subscribes to what a publisher of the application publishes, so that somebody does. */
final class PublisherTester extends AmqpTester {

	private @Nullable Channel mirror;

	PublisherTester(AmqpPeer peer) {
		super(peer);
	}

	@Override
	public void start() {
		peer().prepare();
		peer().settings().topology().exchanges().stream().findFirst().ifPresent((exchange) -> {
			this.mirror = peer().subscribe(exchange);
		});
	}

	@Override
	public void close() {
		Channels.abandon(this.mirror);
	}

}
