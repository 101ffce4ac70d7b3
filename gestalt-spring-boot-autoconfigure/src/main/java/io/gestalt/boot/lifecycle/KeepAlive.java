package io.gestalt.boot.lifecycle;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while an endpoint is open: the threads that serve the endpoints are
 * daemons, and an application without a web server would end.
 */
final class KeepAlive implements EndpointObserver {

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

	private synchronized void opened(String endpoint) {
		this.open.add(endpoint);
		if (this.end == null) {
			CountDownLatch latch = new CountDownLatch(1);
			this.end = latch;
			Thread thread = new Thread(() -> await(latch), "gestalt-keep-alive");
			thread.setDaemon(false);
			thread.start();
		}
	}

	private synchronized void closed(String endpoint) {
		this.open.remove(endpoint);
		if (this.open.isEmpty() && this.end != null) {
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
