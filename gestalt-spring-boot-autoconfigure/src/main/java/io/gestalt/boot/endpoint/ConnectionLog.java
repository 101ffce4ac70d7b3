package io.gestalt.boot.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.boot.support.Addresses;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line when a client cannot connect, and one when it can again. The first
 * failures say nothing: a server within the same application opens after its clients.
 */
final class ConnectionLog implements EndpointObserver {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	private static final int TELLING = 3;

	private final Map<String, Integer> failures = new ConcurrentHashMap<>();

	@Override
	public void onEvent(EndpointEvent event) {
		if (event instanceof EndpointEvent.ConnectFailed failed) {
			failed(failed);
		}
		else if (event instanceof EndpointEvent.PeerConnected connected) {
			connected(connected);
		}
	}

	private void failed(EndpointEvent.ConnectFailed event) {
		if (this.failures.merge(event.endpoint(), 1, Integer::sum) == TELLING) {
			logger.warn("Endpoint '{}' cannot connect to {} and keeps trying: {}", event.endpoint(),
					Addresses.text(event.target()), reason(event.cause()));
		}
	}

	private void connected(EndpointEvent.PeerConnected event) {
		Integer failed = this.failures.remove(event.endpoint());
		if (failed != null && failed >= TELLING) {
			logger.info("Endpoint '{}' is connected to {}", event.endpoint(), Addresses.text(event.peer().address()));
		}
	}

	private static String reason(@Nullable Throwable cause) {
		return (cause != null) ? String.valueOf(cause.getMessage()) : "the connection ended";
	}

}
