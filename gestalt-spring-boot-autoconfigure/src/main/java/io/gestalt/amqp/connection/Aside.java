package io.gestalt.amqp.connection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what may take a while, and happens seldom, on a thread of its own. */
public final class Aside {

	private static final Logger logger = LoggerFactory.getLogger(Aside.class);

	private static final String PREFIX = "gestalt-amqp-";

	private Aside() {
	}

	/** Whether a thread is one that opens connections for endpoints. */
	static boolean isOfEndpoint(Thread thread) {
		return thread.getName().startsWith(PREFIX);
	}

	public static Thread run(String name, Runnable task) {
		Thread thread = new Thread(task, PREFIX + name);
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler((failed, ex) -> logger.error("Thread '{}' ended", failed.getName(), ex));
		thread.start();
		return thread;
	}

}
