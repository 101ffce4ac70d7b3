package io.gestalt.benchmarks.amqp.contender;

/** Publishes, from one thread. */
public interface Publisher extends AutoCloseable {

	/** Publishes a message, and waits as long as the window is full. */
	void publish(Object payload) throws Exception;

	/** Waits until nothing is unconfirmed, without confirms for nothing. */
	void await() throws Exception;

}
