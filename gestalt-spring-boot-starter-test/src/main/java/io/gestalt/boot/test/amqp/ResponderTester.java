package io.gestalt.boot.test.amqp;

import java.time.Duration;
import java.util.List;

import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.boot.test.Waiting;
import io.gestalt.transport.queue.OnFull;
import org.jspecify.annotations.Nullable;

/** Asks a responder of the application. */
final class ResponderTester extends AmqpTester {

	private static final int WINDOW = 1000;

	private @Nullable AmqpRequester requester;

	ResponderTester(AmqpPeer peer) {
		super(peer);
	}

	private synchronized AmqpRequester requester() {
		AmqpRequester current = this.requester;
		if (current == null) {
			current = create();
			current.start();
			this.requester = current;
		}
		return current;
	}

	private AmqpRequester create() {
		AmqpSettings own = peer().settings();
		Topology needed = new Topology(own.topology().exchanges(), List.of(), List.of());
		AmqpSettings settings = new AmqpSettings(own.name(), own.codec(), own.resources(), needed, own.sendTimeout(),
				own.observer());
		String exchange = own.topology().bindings().stream().findFirst().map(Topology.Binding::exchange).orElse("");
		String returns = needed.exchanges().get(needed.exchanges().size() - 1).name();
		return new AmqpRequester(settings, new RequesterOptions(exchange, own.topology().queues().get(0).name(),
				returns, journal().timeout(), WINDOW, OnFull.BLOCK));
	}

	@Override
	public void send(@Nullable Object payload) {
		Waiting.get(requester().sendAsync(payload), journal().timeout(),
				"To send to '%s'".formatted(endpoint().name()));
	}

	@Override
	public void sendRaw(int type, byte[] payload) {
		peer().publish(type, payload);
	}

	@Override
	public <R> R request(@Nullable Object payload, Class<R> replyType) {
		return Waiting.get(requester().request(payload, replyType), journal().timeout().plusSeconds(1),
				"A request to '%s'".formatted(endpoint().name()));
	}

	@Override
	public synchronized void close() {
		if (this.requester != null) {
			this.requester.stop(Duration.ZERO);
			this.requester = null;
		}
	}

}
