package io.gestalt.benchmarks.amqp.contender;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;

/**
 * A way to use RabbitMQ that takes part in the comparison, in any of the roles. Whatever
 * a broker refuses must come out as an exception.
 */
public interface Contender {

	/**
	 * Opens a publisher, with confirms if the workload says so: then with no more than
	 * {@link AmqpWorkload#WINDOW} messages unconfirmed.
	 */
	Publisher publisher(Place place) throws Exception;

	/**
	 * Prepares a consumer with a prefetch count of {@link AmqpWorkload#PREFETCH}, which
	 * reads the payload of each message, tells the tally and acknowledges.
	 */
	Consumer consumer(Place place, Tally tally) throws Exception;

	/** Opens a requester, which many threads use. */
	Requester requester(Place place) throws Exception;

	/** Opens a responder, which reads each payload and replies with the same. */
	AutoCloseable responder(Place place) throws Exception;

}
