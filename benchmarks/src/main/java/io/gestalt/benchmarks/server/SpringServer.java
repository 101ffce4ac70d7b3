package io.gestalt.benchmarks.server;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A server that ends with its application.
 *
 * @param context the application
 * @param port the port that it has bound
 */
record SpringServer(ConfigurableApplicationContext context, int port) implements RunningServer {

	@Override
	public void close() {
		this.context.close();
	}

}
