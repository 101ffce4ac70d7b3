package io.gestalt.boot.lifecycle;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while an endpoint is open or a timer ticks: the threads that serve
 * them are daemons, and an application without a web server would end.
 */
public final class KeepAlive implements EndpointObserver, AutoCloseable {

	private final Set<String> open = new HashSet<>();

	private @Nullable CountDownLatch end;

	@Override
	public void onEvent(EndpointEvent event) {
		if (event instanceof EndpointEvent.Started) {
			opened(event.endpoint());
		}
		else if (event instanceof EndpointEvent.Stopped) {
			closed(event.endpoint());
		}
	}

	/** Begins to keep it alive for one reason more. */
	public synchronized void opened(String reason) {
		this.open.add(reason);
		if (this.end == null) {
			CountDownLatch latch = new CountDownLatch(1);
			this.end = latch;
			Thread thread = new Thread(() -> await(latch), "gestalt-keep-alive");
			thread.setDaemon(false);
			thread.start();
		}
	}

	/** Takes a reason away. */
	public synchronized void closed(String reason) {
		this.open.remove(reason);
		if (this.open.isEmpty() && this.end != null) {
			this.end.countDown();
			this.end = null;
		}
	}

	/** Lets it end with the application, whatever did not stop as it should. */
	@Override
	public synchronized void close() {
		this.open.clear();
		if (this.end != null) {
			this.end.countDown();
			this.end = null;
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
