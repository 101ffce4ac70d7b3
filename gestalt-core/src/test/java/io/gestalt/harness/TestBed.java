package io.gestalt.harness;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.endpoint.connect.TargetPolicy;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.frame.FrameCodec;
import io.gestalt.message.MessageTypes;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.udp.DatagramOptions;
import org.jspecify.annotations.Nullable;

/** Endpoints on the loopback interface that are gone after the test. */
public final class TestBed implements AutoCloseable {

	public static final PayloadCodec TEXT = new PayloadCodec(new TextSerializer(), null, MessageTypes.none(),
			8_000_000);

	private static final Reconnect EAGER = new Reconnect(Duration.ofMillis(5), 1, Duration.ofMillis(5), false);

	private final TransportResources resources;

	private final Deque<Endpoint> endpoints = new ArrayDeque<>();

	public TestBed() {
		this(TransportResources.create());
	}

	public TestBed(TransportResources resources) {
		this.resources = resources;
	}

	public static InetSocketAddress loopback(int port) {
		return new InetSocketAddress("127.0.0.1", port);
	}

	public static EndpointSettings text(FrameCodec frames, @Nullable Listener listener) {
		return new EndpointSettings("test", frames, TEXT, listener);
	}

	/** A listener that answers {@code x} with {@code re x}. */
	public static Listener.Builder echo() {
		return Listener.builder().other(String.class, (payload, context) -> "re " + payload);
	}

	public TcpServerEndpoint server(EndpointSettings settings) {
		return server(settings, TcpOptions.DEFAULT);
	}

	public TcpServerEndpoint server(EndpointSettings settings, TcpOptions options) {
		return started(new TcpServerEndpoint(settings, loopback(0), options, this.resources));
	}

	public TcpClientEndpoint client(EndpointSettings settings, int port) {
		return client(settings, port, TcpOptions.DEFAULT);
	}

	public TcpClientEndpoint client(EndpointSettings settings, int port, TcpOptions options) {
		Targets targets = new Targets(List.of(loopback(port)), TargetPolicy.FAILOVER, EAGER);
		return started(new TcpClientEndpoint(settings, targets, options, this.resources));
	}

	public UdpEndpoint datagrams(EndpointSettings settings, UdpTargets targets) {
		return started(new UdpEndpoint(settings, new DatagramOptions(loopback(0), false, false, null), targets,
				this.resources));
	}

	private <E extends Endpoint> E started(E endpoint) {
		this.endpoints.push(endpoint);
		endpoint.start();
		return endpoint;
	}

	@Override
	public void close() {
		this.endpoints.forEach((endpoint) -> endpoint.stop(Duration.ofMillis(500)));
		this.resources.close();
	}

}
