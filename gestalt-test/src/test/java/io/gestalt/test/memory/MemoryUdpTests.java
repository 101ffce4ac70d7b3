package io.gestalt.test.memory;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.test.transport.TransportContract;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.udp.DatagramOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryUdpTests implements TransportContract {

	private static final int HEADER = 4;

	private final ExecutorService workers = Executors.newFixedThreadPool(4);

	private final TransportResources resources = new MemoryNetwork().resources(this.workers);

	@AfterEach
	void close() {
		this.resources.close();
		this.workers.shutdown();
	}

	@Override
	public Endpoint server(EndpointSettings settings) {
		return endpoint(settings, UdpTargets.none());
	}

	@Override
	public Endpoint client(EndpointSettings settings, Endpoint server) {
		int port = ((UdpEndpoint) server).port();
		return endpoint(settings, UdpTargets.of(List.of(new InetSocketAddress("127.0.0.1", port))));
	}

	private Endpoint endpoint(EndpointSettings settings, UdpTargets targets) {
		return new UdpEndpoint(settings, new DatagramOptions(new InetSocketAddress(0), false, false, null), targets,
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

}
