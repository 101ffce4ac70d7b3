package io.gestalt.boot.metrics;

import java.util.Locale;

import io.gestalt.amqp.AmqpEndpoint;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.SocketEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;

/** What carries the messages of an endpoint. */
enum EndpointTransport {

	TCP, UDP, AMQP,
	/** That of an endpoint that the application brings along. */
	OTHER;

	static EndpointTransport of(Endpoint endpoint) {
		if (endpoint instanceof UdpEndpoint) {
			return UDP;
		}
		if (endpoint instanceof SocketEndpoint) {
			return TCP;
		}
		return (endpoint instanceof AmqpEndpoint) ? AMQP : OTHER;
	}

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
