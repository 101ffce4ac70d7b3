package io.gestalt.amqp;

/** Runs what may take a while, and happens seldom, on a thread of its own. */
final class Aside {

	private Aside() {
	}

	static Thread run(String name, Runnable task) {
		Thread thread = new Thread(task, "gestalt-amqp-" + name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
