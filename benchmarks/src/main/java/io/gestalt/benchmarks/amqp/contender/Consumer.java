package io.gestalt.benchmarks.amqp.contender;

/** Consumes while it is started; it may be started more than once. */
public interface Consumer extends AutoCloseable {

	void start() throws Exception;

	/** Stops, after all that was handled is acknowledged. */
	void stop() throws Exception;

}
