package io.gestalt.boot.uncaught;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Closes the application and ends the JVM, with a code that says why. */
final class ApplicationExit implements Runnable {

	/** {@code EX_SOFTWARE} of BSD's sysexits: an internal error was found. */
	static final int CODE = 70;

	private static final Logger logger = LoggerFactory.getLogger(ApplicationExit.class);

	private final ConfigurableApplicationContext context;

	private final AtomicBoolean begun = new AtomicBoolean();

	ApplicationExit(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Begins with it, once, on a thread that no stop waits for. */
	@Override
	public void run() {
		if (!this.context.isActive() || !this.begun.compareAndSet(false, true)) {
			return;
		}
		try {
			Thread thread = new Thread(this::exit, "gestalt-exit");
			// else the JVM ends by itself, with 0, when the last endpoint is closed
			thread.setDaemon(false);
			thread.start();
		}
		catch (Error ex) {
			// not even a thread can be had any more
			Runtime.getRuntime().halt(CODE);
		}
	}

	private void exit() {
		int code = CODE;
		try {
			logger.error("The application exits with {}, for nobody handled an error and 'gestalt.uncaught' is 'exit'",
					CODE);
			code = SpringApplication.exit(this.context, () -> CODE);
		}
		finally {
			System.exit(code);
		}
	}

}
