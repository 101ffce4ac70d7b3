package io.gestalt.amqp.connection;

/** Runs what may take a while, and happens seldom, on a thread of its own. */
public final class Aside {

	private Aside() {
	}

	public static Thread run(String name, Runnable task) {
		Thread thread = new Thread(task, "gestalt-amqp-" + name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
