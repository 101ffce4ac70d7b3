package io.gestalt.test.transport;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpTransportTests implements TransportContract {

	private final TransportResources resources = TransportResources.create();

	@AfterEach
	void close() {
		this.resources.close();
	}

	TcpOptions options() {
		return TcpOptions.DEFAULT;
	}

	@Override
	public Endpoint server(EndpointSettings settings) {
		return new TcpServerEndpoint(settings, Loopback.address(0), options(), this.resources);
	}

	@Override
	public Endpoint client(EndpointSettings settings, Endpoint server) {
		Targets targets = Targets.of(Loopback.address(((TcpServerEndpoint) server).port()));
		return new TcpClientEndpoint(settings, targets, options(), this.resources);
	}

	@Override
	public int maxPayload() {
		return 1 << 22;
	}

}
