package io.gestalt.sample.tracker;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.message.Peer;
import io.gestalt.sample.fleet.VehicleSessions;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Takes NMEA sentences; what is returned goes back to the sender. */
@Component
class SentenceListeners {

	private final Tracker tracker;

	private final VehicleSessions sessions;

	SentenceListeners(Tracker tracker, VehicleSessions sessions) {
		this.tracker = tracker;
		this.sessions = sessions;
	}

	@GestaltListener("sentences")
	@Nullable String sentence(String line, Peer peer) {
		return this.tracker.accept(peer.id(), line);
	}

	@GestaltListener("datagrams")
	@Nullable String datagram(String lines, Peer peer) {
		return this.tracker.accept(peer.id(), lines);
	}

	@EventListener
	void forget(EndpointEvent.PeerDisconnected event) {
		this.sessions.forget(event.peer().id());
	}

}
