package io.gestalt.boot.endpoint;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.transport.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line about connections that do not come about or that end because of what the
 * peer sent. A client that tries again and again is mentioned once.
 */
final class ConnectionLog implements EndpointObserver {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	private static final int MAX_LENGTH = 200;

	private final Set<String> unreachable = ConcurrentHashMap.newKeySet();

	@Override
	public void onEvent(EndpointEvent event) {
		if (event instanceof EndpointEvent.ConnectFailed failed && this.unreachable.add(failed.endpoint())) {
			logger.warn("Endpoint '{}' cannot connect to {} and keeps trying: {}", failed.endpoint(),
					EndpointLog.text(failed.target()), reason(failed.cause()));
		}
		else if (event instanceof EndpointEvent.PeerConnected connected
				&& this.unreachable.remove(connected.endpoint())) {
			logger.info("Endpoint '{}' is connected to {}", connected.endpoint(),
					EndpointLog.text(connected.peer().address()));
		}
		else if (event instanceof EndpointEvent.PeerDisconnected gone && isToBlame(gone.reason())) {
			logger.warn("Endpoint '{}' closed the connection of peer {} at {}, {}: {}", gone.endpoint(),
					gone.peer().id(), EndpointLog.text(gone.peer().address()), gone.reason(), reason(gone.cause()));
		}
	}

	private static boolean isToBlame(CloseReason reason) {
		return reason == CloseReason.MALFORMED || reason == CloseReason.UNDECODABLE;
	}

	private static String reason(@Nullable Throwable cause) {
		String message = (cause != null) ? String.valueOf(cause.getMessage()) : "";
		String line = message.lines().findFirst().orElse("");
		return (line.length() > MAX_LENGTH) ? line.substring(0, MAX_LENGTH) + "…" : line;
	}

}
