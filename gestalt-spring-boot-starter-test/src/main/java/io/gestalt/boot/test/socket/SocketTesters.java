package io.gestalt.boot.test.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import io.gestalt.boot.tcp.TcpClientCustomizer;
import io.gestalt.boot.test.JournalTester;
import io.gestalt.boot.test.record.Recorder;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.SocketEndpoint;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.udp.DatagramOptions;
import org.jspecify.annotations.Nullable;
import reactor.netty.tcp.TcpClient;

import org.springframework.core.Ordered;

/** Makes the peers of TCP and UDP endpoints, and has clients connect to them. */
public final class SocketTesters implements TcpClientCustomizer, Ordered {

	private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();

	private final Recorder recorder;

	private final TransportResources resources;

	private final ToIntFunction<String> udpTargets;

	private final boolean live;

	/**
	 * Prepares to make peers.
	 * @param recorder what happens
	 * @param resources the threads and the network of the application
	 * @param udpTargets the port to which the UDP client of a name sends, 0 if the name
	 * is that of a server
	 * @param live whether the network is a real one
	 */
	public SocketTesters(Recorder recorder, TransportResources resources, ToIntFunction<String> udpTargets,
			boolean live) {
		this.recorder = recorder;
		this.resources = resources;
		this.udpTargets = udpTargets;
		this.live = live;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public TcpClient customize(String endpoint, TcpClient client) {
		InetSocketAddress address = this.addresses.get(endpoint);
		return (address != null) ? client.remoteAddress(() -> address) : client;
	}

	/**
	 * The other end of an endpoint, {@code null} if that is no endpoint of sockets, or
	 * the application has made it itself.
	 */
	public @Nullable JournalTester create(Endpoint endpoint) {
		PeerSettings settings = (endpoint instanceof SocketEndpoint socket) ? PeerSettings.of(socket, this.recorder)
				: null;
		if (settings == null) {
			return null;
		}
		if (endpoint instanceof TcpServerEndpoint) {
			return server(settings);
		}
		if (endpoint instanceof TcpClientEndpoint) {
			return client(settings);
		}
		return (endpoint instanceof UdpEndpoint) ? udp(settings, this.udpTargets.applyAsInt(endpoint.name())) : null;
	}

	private JournalTester server(PeerSettings settings) {
		return new ServerTester(settings, (port) -> new TcpClientEndpoint(settings.create(PeerSettings.silent()),
				Targets.of(loopback(port)), TcpOptions.DEFAULT, this.resources), this::proxy);
	}

	private JournalTester client(PeerSettings settings) {
		Answers answers = new Answers(settings);
		TcpServerEndpoint server = new TcpServerEndpoint(settings.create(answers.listener()), loopback(0),
				TcpOptions.DEFAULT, this.resources);
		return new ClientTester(settings, answers, server,
				(address) -> this.addresses.put(settings.endpoint().name(), address), this::proxy);
	}

	private JournalTester udp(PeerSettings settings, int target) {
		if (target == 0) {
			return new ServerTester(settings, (port) -> udp(settings, UdpTargets.of(List.of(loopback(port))), 0), null);
		}
		Answers answers = new Answers(settings);
		UdpEndpoint server = new UdpEndpoint(settings.create(answers.listener()), options(target), UdpTargets.none(),
				this.resources);
		return new ClientTester(settings, answers, server, (address) -> {
		}, null);
	}

	private UdpEndpoint udp(PeerSettings settings, UdpTargets targets, int port) {
		return new UdpEndpoint(settings.create(PeerSettings.silent()), options(port), targets, this.resources);
	}

	private static DatagramOptions options(int port) {
		return new DatagramOptions(loopback(port), false, false, null);
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	private FaultProxy proxy(int port) {
		if (!this.live) {
			throw new IllegalStateException(
					"A connection in memory has no fault proxy; set 'gestalt.test.transport' to 'live'");
		}
		return new FaultProxy(InetAddress.getLoopbackAddress().getHostAddress(), port);
	}

}
