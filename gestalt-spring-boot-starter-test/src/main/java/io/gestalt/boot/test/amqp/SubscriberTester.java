package io.gestalt.boot.test.amqp;

import org.jspecify.annotations.Nullable;

/** Publishes to where a subscriber of the application listens. */
final class SubscriberTester extends AmqpTester {

	SubscriberTester(AmqpPeer peer) {
		super(peer);
	}

	@Override
	public void send(@Nullable Object payload) {
		peer().publish(null, peer().settings().codec().encode(payload));
	}

	@Override
	public void send(String routingKey, @Nullable Object payload) {
		peer().publish(routingKey, peer().settings().codec().encode(payload));
	}

	@Override
	public void sendRaw(int type, byte[] payload) {
		peer().publish(type, payload);
	}

}
