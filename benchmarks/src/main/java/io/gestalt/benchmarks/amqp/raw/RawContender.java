package io.gestalt.benchmarks.amqp.raw;

import io.gestalt.benchmarks.amqp.contender.Consumer;
import io.gestalt.benchmarks.amqp.contender.Contender;
import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.contender.Requester;
import io.gestalt.benchmarks.amqp.contender.Tally;
import io.gestalt.benchmarks.amqp.workload.Place;

/**
 * The client {@code com.rabbitmq:amqp-client} alone, as somebody writes it who knows it
 * well.
 */
public final class RawContender implements Contender {

	@Override
	public Publisher publisher(Place place) throws Exception {
		return new RawPublisher(place);
	}

	@Override
	public Consumer consumer(Place place, Tally tally) throws Exception {
		return new RawConsumer(place, tally);
	}

	@Override
	public Requester requester(Place place) throws Exception {
		return new RawRequester(place);
	}

	@Override
	public AutoCloseable responder(Place place) throws Exception {
		return RawResponder.open(place);
	}

}
