package io.gestalt.test.transport;

import java.util.List;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.udp.DatagramOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UdpTransportTests implements TransportContract {

	private final TransportResources resources = TransportResources.create();

	private static final int HEADER = 4;

	@AfterEach
	void close() {
		this.resources.close();
	}

	@Override
	public Endpoint server(EndpointSettings settings) {
		return endpoint(settings, UdpTargets.none());
	}

	@Override
	public Endpoint client(EndpointSettings settings, Endpoint server) {
		return endpoint(settings, UdpTargets.of(List.of(Loopback.address(((UdpEndpoint) server).port()))));
	}

	private Endpoint endpoint(EndpointSettings settings, UdpTargets targets) {
		return new UdpEndpoint(settings, new DatagramOptions(Loopback.address(0), false, false, null), targets,
				this.resources);
	}

	@Override
	public int maxPayload() {
		return 65_507 - HEADER;
	}

	@Override
	public boolean connects() {
		return false;
	}

	@Override
	public boolean carriesRequests() {
		return false;
	}

	@Override
	public int burst() {
		return 50;
	}

}
