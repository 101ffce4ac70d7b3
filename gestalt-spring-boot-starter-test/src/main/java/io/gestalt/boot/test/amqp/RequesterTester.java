package io.gestalt.boot.test.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.gestalt.amqp.AmqpResponder;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.ResponderOptions;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.dispatch.Listener;
import io.gestalt.message.MessageTypes;
import org.jspecify.annotations.Nullable;

/** Is the service that a requester of the application asks, while a test answers. */
final class RequesterTester extends AmqpTester {

	private static final int PREFETCH = 10;

	private final String service;

	private final List<AmqpResponder> responders = new ArrayList<>();

	RequesterTester(AmqpPeer peer, String service) {
		super(peer);
		this.service = service;
	}

	@Override
	public synchronized <T> void answer(Class<T> requestType, Function<? super T, ? extends @Nullable Object> answer) {
		reset();
		AmqpSettings own = peer().settings();
		List<Topology.Exchange> exchanges = own.topology().exchanges();
		String returns = exchanges.get(exchanges.size() - 1).name();
		Topology topology = new Topology(exchanges, List
			.of(new Topology.Queue(this.service, true, false, false, Map.of("x-dead-letter-exchange", returns))),
				bindings(exchanges));
		AmqpSettings settings = new AmqpSettings(own.name(), own.codec(), own.resources(), topology, own.sendTimeout(),
				own.observer());
		AmqpResponder responder = new AmqpResponder(settings, new ResponderOptions(this.service, PREFETCH, 1, 1, true));
		responder.listen(listener(requestType, answer));
		responder.start();
		this.responders.add(responder);
	}

	private List<Topology.Binding> bindings(List<Topology.Exchange> exchanges) {
		return (exchanges.size() < 2) ? List.of()
				: List.of(new Topology.Binding(exchanges.get(0).name(), this.service, this.service, Map.of()));
	}

	private <T> Listener listener(Class<T> type, Function<? super T, ? extends @Nullable Object> answer) {
		Listener.Builder listener = Listener.builder()
			.other(type, (payload, context) -> answer.apply(type.cast(payload)));
		int id = peer().settings().codec().types().idOf(type);
		return (id == MessageTypes.NONE) ? listener.build()
				: listener.on(id, type, (payload, context) -> answer.apply(type.cast(payload))).build();
	}

	@Override
	public synchronized void reset() {
		this.responders.forEach((responder) -> responder.stop(Duration.ZERO));
		this.responders.clear();
	}

}
