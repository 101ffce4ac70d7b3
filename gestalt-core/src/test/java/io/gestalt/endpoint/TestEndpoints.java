package io.gestalt.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.endpoint.connect.TargetPolicy;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.message.MessageTypes;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.udp.DatagramOptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Opens endpoints for a test, and closes them after it, the latest first. */
final class TestEndpoints implements BeforeEachCallback, AfterEachCallback {

	static final Duration GRACE = Duration.ofSeconds(5);

	static final int MAX_FRAME = 4 * 1024 * 1024;

	static final FrameCodec FRAMES = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, MAX_FRAME);

	static final PayloadCodec TEXT = new PayloadCodec(new TextSerializer(), null, MessageTypes.none(), MAX_FRAME);

	/** Impatient, so that tests are quick. */
	static final Reconnect QUICKLY = new Reconnect(Duration.ofMillis(20), 2, Duration.ofMillis(100), false);

	static final Listener ECHO = Listener.of(String.class, (payload, context) -> payload);

	private final Deque<Endpoint> endpoints = new ArrayDeque<>();

	private TransportResources resources;

	@Override
	public void beforeEach(ExtensionContext context) {
		this.resources = TransportResources.create();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		try {
			this.endpoints.forEach((endpoint) -> endpoint.stop(GRACE));
		}
		finally {
			this.resources.close();
			this.endpoints.clear();
		}
	}

	TransportResources resources() {
		return this.resources;
	}

	<T extends Endpoint> T add(T endpoint) {
		this.endpoints.addFirst(endpoint);
		return endpoint;
	}

	<T extends Endpoint> T start(T endpoint) {
		add(endpoint).start();
		return endpoint;
	}

	TcpServerEndpoint server(Listener listener) {
		return server(settings("server", listener), TcpOptions.DEFAULT);
	}

	TcpServerEndpoint server(EndpointSettings settings, TcpOptions options) {
		return start(new TcpServerEndpoint(settings, loopback(0), options, this.resources));
	}

	TcpClientEndpoint client(int... ports) {
		return client(settings("client", null), ports);
	}

	TcpClientEndpoint client(EndpointSettings settings, int... ports) {
		return start(newClient(settings, TcpOptions.DEFAULT, failover(ports)));
	}

	TcpClientEndpoint client(EndpointSettings settings, TcpOptions options, int port) {
		return start(newClient(settings, options, failover(port)));
	}

	TcpClientEndpoint newClient(EndpointSettings settings, TcpOptions options, Targets targets) {
		return add(new TcpClientEndpoint(settings, targets, options, this.resources));
	}

	UdpEndpoint udpServer(EndpointSettings settings) {
		return udp(settings, udpOptions(), UdpTargets.none());
	}

	UdpEndpoint udpClient(EndpointSettings settings, int... ports) {
		return udp(settings, udpOptions(), UdpTargets.of(addresses(ports)));
	}

	UdpEndpoint udp(EndpointSettings settings, DatagramOptions options, UdpTargets targets) {
		return start(new UdpEndpoint(settings, options, targets, this.resources));
	}

	static DatagramOptions udpOptions() {
		return new DatagramOptions(loopback(0), false, false, null);
	}

	static EndpointSettings settings(String name, Listener listener) {
		return new EndpointSettings(name, FRAMES, TEXT, listener);
	}

	static Targets failover(int... ports) {
		return new Targets(addresses(ports), TargetPolicy.FAILOVER, QUICKLY);
	}

	static Targets roundRobin(int... ports) {
		return new Targets(addresses(ports), TargetPolicy.ROUND_ROBIN, QUICKLY);
	}

	static List<InetSocketAddress> addresses(int... ports) {
		return Arrays.stream(ports).mapToObj(TestEndpoints::loopback).toList();
	}

	static InetSocketAddress loopback(int port) {
		return new InetSocketAddress("127.0.0.1", port);
	}

	/**
	 * A port on which nobody listens, and which the system gives to nobody who asks for
	 * any port.
	 */
	static int freePort() {
		for (;;) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// another one then
			}
		}
	}

	static void await(String what, BooleanSupplier condition) {
		await(what, Duration.ofSeconds(10), condition);
	}

	static void await(String what, Duration atMost, BooleanSupplier condition) {
		long start = System.nanoTime();
		boolean met = condition.getAsBoolean();
		while (!met && System.nanoTime() - start < atMost.toNanos()) {
			LockSupport.parkNanos(1_000_000);
			met = condition.getAsBoolean();
		}
		assertThat(met).as("%s within %s", what, atMost).isTrue();
	}

}
