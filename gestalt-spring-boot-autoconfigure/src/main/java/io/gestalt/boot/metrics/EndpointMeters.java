package io.gestalt.boot.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.ReceivingEndpoint;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.metrics.GestaltMeter.Tag;
import io.gestalt.boot.support.Words;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.failed.FailedMessages;
import io.gestalt.failed.Replayable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Lets registries read what endpoints count anyway, when somebody looks at it. The meters
 * go with the application context.
 */
final class EndpointMeters implements MeterBinder, AutoCloseable {

	private static final Tags IN = Tags.of(Tag.DIRECTION, "in");

	private static final Tags OUT = Tags.of(Tag.DIRECTION, "out");

	private final GestaltEndpoints endpoints;

	private final @Nullable FailedMessages failed;

	private final List<BoundMeters> bound = new CopyOnWriteArrayList<>();

	EndpointMeters(GestaltEndpoints endpoints, @Nullable FailedMessages failed) {
		this.endpoints = endpoints;
		this.failed = failed;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		BoundMeters meters = new BoundMeters(registry);
		this.endpoints.all().forEach((endpoint) -> bind(meters, endpoint));
		this.bound.add(meters);
	}

	private void bind(BoundMeters meters, Endpoint endpoint) {
		EndpointTransport transport = EndpointTransport.of(endpoint);
		Tags tags = Tags.of(Tag.ENDPOINT, endpoint.name(), Tag.TRANSPORT, transport.word());
		CountedMeters.ALL.forEach((counter, meter) -> {
			if (CountedMeters.occurs(counter, transport)) {
				meters.count(meter, tags, endpoint, counter);
			}
		});
		for (EndpointState state : EndpointState.values()) {
			meters.gauge(GestaltMeter.STATE, tags.and(Tag.STATE, Words.constant(state)), endpoint,
					(it) -> (it.state() == state) ? 1 : 0);
		}
		FailedMessages messages = this.failed;
		if (messages != null && endpoint instanceof Replayable) {
			String name = endpoint.name();
			meters.gauge(GestaltMeter.FAILED_KEPT, tags, endpoint, (it) -> messages.counts(name).kept());
			meters.count(GestaltMeter.FAILED_EVICTED, tags, messages, (it) -> it.counts(name).evicted());
		}
		switch (transport) {
			case TCP -> bindTcp(meters, endpoint, tags);
			case UDP -> bindUdp(meters, endpoint, tags);
			case AMQP -> bindAmqp(meters, endpoint, tags);
			case OTHER -> meters.gauge(GestaltMeter.CONNECTIONS, tags, endpoint, (it) -> it.peers().size());
		}
	}

	private static void bindTcp(BoundMeters meters, Endpoint endpoint, Tags tags) {
		meters.gauge(GestaltMeter.CONNECTIONS, tags, endpoint, (it) -> it.peers().size());
		meters.gauge(GestaltMeter.REQUESTS_PENDING, tags, endpoint, (it) -> it.load().requests());
		bindQueues(meters, endpoint, tags);
	}

	private static void bindUdp(BoundMeters meters, Endpoint endpoint, Tags tags) {
		meters.gauge(GestaltMeter.PEERS, tags, endpoint, (it) -> it.peers().size());
		bindQueues(meters, endpoint, tags);
	}

	private static void bindQueues(BoundMeters meters, Endpoint endpoint, Tags tags) {
		meters.gauge(GestaltMeter.QUEUE_SIZE, tags.and(IN), endpoint, (it) -> it.load().received());
		meters.gauge(GestaltMeter.QUEUE_SIZE, tags.and(OUT), endpoint, (it) -> it.load().sending());
		meters.gauge(GestaltMeter.QUEUE_BYTES, tags.and(OUT), endpoint, (it) -> it.load().sendingBytes());
		meters.gauge(GestaltMeter.HANDLERS_ACTIVE, tags, endpoint, (it) -> it.load().handlers());
	}

	private static void bindAmqp(BoundMeters meters, Endpoint endpoint, Tags tags) {
		if (endpoint instanceof ReceivingEndpoint receiving) {
			meters.gauge(GestaltMeter.CONNECTIONS, tags, receiving, ReceivingEndpoint::consumers);
			meters.gauge(GestaltMeter.QUEUE_SIZE, tags.and(IN), endpoint, (it) -> it.load().received());
			meters.gauge(GestaltMeter.HANDLERS_ACTIVE, tags, endpoint, (it) -> it.load().handlers());
			return;
		}
		meters.gauge(GestaltMeter.CONNECTIONS, tags, endpoint, (it) -> it.peers().size());
		if (endpoint instanceof AmqpPublisher) {
			meters.gauge(GestaltMeter.UNCONFIRMED, tags, endpoint, (it) -> it.load().sending());
		}
		else if (endpoint instanceof AmqpRequester) {
			meters.gauge(GestaltMeter.REQUESTS_PENDING, tags, endpoint, (it) -> it.load().requests());
		}
	}

	@Override
	public void close() {
		this.bound.forEach(BoundMeters::remove);
		this.bound.clear();
	}

}
