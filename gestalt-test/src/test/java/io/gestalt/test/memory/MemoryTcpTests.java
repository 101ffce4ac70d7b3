package io.gestalt.test.memory;

import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.test.transport.TransportContract;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

import static java.net.InetSocketAddress.createUnresolved;

@Timeout(30)
class MemoryTcpTests implements TransportContract {

	private final ExecutorService workers = Executors.newFixedThreadPool(4);

	private final TransportResources resources = new MemoryNetwork().resources(this.workers);

	@AfterEach
	void close() {
		this.resources.close();
		this.workers.shutdown();
	}

	@Override
	public Endpoint server(EndpointSettings settings) {
		return new TcpServerEndpoint(settings, new InetSocketAddress("0.0.0.0", 0), TcpOptions.DEFAULT, this.resources);
	}

	@Override
	public Endpoint client(EndpointSettings settings, Endpoint server) {
		int port = ((TcpServerEndpoint) server).port();
		return new TcpClientEndpoint(settings, Targets.of(createUnresolved("localhost", port)), TcpOptions.DEFAULT,
				this.resources);
	}

	@Override
	public int maxPayload() {
		return 1 << 22;
	}

}
