package io.gestalt.benchmarks.amqp.contender;

/** Asks, and waits for the reply. */
public interface Requester extends AutoCloseable {

	Object request(Object payload) throws Exception;

}
