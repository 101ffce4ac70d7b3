package io.gestalt.benchmarks.server;

/** A server that accepts connections. */
public interface RunningServer extends AutoCloseable {

	/** The port of 127.0.0.1 that was bound. */
	int port();

	/** Stops the server. */
	@Override
	void close();

}
