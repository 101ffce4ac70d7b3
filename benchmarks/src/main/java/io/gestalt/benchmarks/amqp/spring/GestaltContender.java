package io.gestalt.benchmarks.amqp.spring;

import java.util.HashMap;
import java.util.Map;

import io.gestalt.benchmarks.amqp.contender.Consumer;
import io.gestalt.benchmarks.amqp.contender.Contender;
import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.contender.Requester;
import io.gestalt.benchmarks.amqp.contender.Tally;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;

import org.springframework.context.ConfigurableApplicationContext;

/** Endpoints and a listener of Gestalt, configured by properties. */
public final class GestaltContender implements Contender {

	static final String ENDPOINT = "benchmark";

	private final String execution;

	/**
	 * Creates the contender.
	 * @param execution on which thread handlers run
	 */
	public GestaltContender(String execution) {
		this.execution = execution;
	}

	@Override
	public Publisher publisher(Place place) {
		return new GestaltPublisher(place,
				run(place, "publisher",
						Map.of("exchange", "", "routing-key", place.queue(), "window", AmqpWorkload.WINDOW, "delivery",
								place.workload().confirms() ? "at-least-once" : "at-most-once")));
	}

	@Override
	public Consumer consumer(Place place, Tally tally) {
		return new GestaltConsumer(run(place, "subscriber",
				Map.of("exchange", "", "queue-name", place.queue(), "queue-type", "classic", "dead-letter.enabled",
						false, "prefetch", AmqpWorkload.PREFETCH, "auto-startup", false),
				GestaltListeners.of(place.workload(), Echo.none(tally))));
	}

	@Override
	public Requester requester(Place place) {
		return new GestaltRequester(place, run(place, "requester", Map.of("service", place.queue())));
	}

	@Override
	public AutoCloseable responder(Place place) {
		return run(place, "responder", Map.of("service", place.queue(), "prefetch", AmqpWorkload.PREFETCH),
				GestaltListeners.of(place.workload(), Echo.reply()));
	}

	private ConfigurableApplicationContext run(Place place, String kind, Map<String, ?> endpoint, Object... beans) {
		String prefix = "gestalt.amqp." + kind + "." + ENDPOINT + ".";
		Map<String, Object> properties = new HashMap<>(
				Map.of("gestalt.amqp.topology", "none", "gestalt.listener." + ENDPOINT + ".execution", this.execution,
						prefix + "codec.serializer", place.workload().json() ? "json" : "bytes"));
		endpoint.forEach((name, value) -> properties.put(prefix + name, value));
		return BootApplication.run(place, properties, beans);
	}

}
