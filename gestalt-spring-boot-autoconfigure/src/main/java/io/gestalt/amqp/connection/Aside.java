package io.gestalt.amqp.connection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what may take a while, and happens seldom, on a thread of its own. */
public final class Aside {

	private static final Logger logger = LoggerFactory.getLogger(Aside.class);

	private Aside() {
	}

	public static Thread run(String name, Runnable task) {
		Thread thread = new Thread(task, "gestalt-amqp-" + name);
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler((failed, ex) -> logger.error("Thread '{}' ended", failed.getName(), ex));
		thread.start();
		return thread;
	}

}
