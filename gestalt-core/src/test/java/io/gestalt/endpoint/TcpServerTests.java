package io.gestalt.endpoint;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.freePort;
import static io.gestalt.endpoint.TestEndpoints.loopback;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class TcpServerTests {

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final EventLog events = new EventLog();

	@Test
	void closesTheConnectionAboveTheMaximumAndFreesItsPlaceLater() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(settings("server", ECHO),
				TcpOptions.DEFAULT.maxConnections(2));
		try (Socket first = connect(server); Socket second = connect(server)) {
			await("two peers", () -> server.peers().size() == 2);
			try (Socket surplus = connect(server)) {
				assertEnd(surplus);
			}
			assertThat(server.counters().get(Counter.CONNECTIONS_REFUSED)).isEqualTo(1);
			assertThat(server.counters().get(Counter.CONNECTED)).isEqualTo(2);
			first.close();
			await("a free place", () -> server.peers().size() == 1);
			TcpClientEndpoint client = this.endpoints.client(server.port());
			assertThat(client.request("in", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("in");
			assertThat(second.isClosed()).isFalse();
		}
	}

	@Test
	void manySurplusConnectionsCostNoPlace() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(settings("server", ECHO),
				TcpOptions.DEFAULT.maxConnections(1));
		try (Socket only = connect(server)) {
			await("one peer", () -> server.peers().size() == 1);
			for (int i = 0; i < 50; i++) {
				try (Socket surplus = connect(server)) {
					assertEnd(surplus);
				}
			}
			assertThat(only.isConnected()).isTrue();
		}
		await("a free place", () -> server.peers().isEmpty());
		assertThat(server.counters().get(Counter.CONNECTIONS_REFUSED)).isEqualTo(50);
		assertThat(this.endpoints.client(server.port()).request("in", String.class)).succeedsWithin(GRACE);
	}

	@Test
	void closesAPeerThatIsSilentForTooLong() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(settings("server", ECHO).observer(this.events),
				TcpOptions.DEFAULT.idleTimeout(Duration.ofMillis(150)));
		try (Socket silent = connect(server)) {
			assertEnd(silent);
		}
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).reason()).isEqualTo(CloseReason.IDLE);
	}

	@Test
	void aPeerWhoseMessageIsBeingHandledIsNotIdle() throws Exception {
		Listener slow = Listener.of(String.class, (payload, context) -> CompletableFuture
			.supplyAsync(() -> "late " + payload, CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS)));
		TcpServerEndpoint server = this.endpoints.server(
				settings("server", slow).observer(this.events)
					.queue(new QueueLimits(1, 1000, OnFull.BLOCK, Duration.ofSeconds(5))),
				TcpOptions.DEFAULT.idleTimeout(Duration.ofMillis(150)));
		TcpClientEndpoint client = this.endpoints.client(server.port());
		assertThat(client.request("reply", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("late reply");
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).reason()).isEqualTo(CloseReason.IDLE);
	}

	@Test
	void theChosenPortIsReadableWhileItRuns() {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		assertThat(server.port()).isPositive();
		assertThat(server.addresses()).containsExactly(loopback(server.port()));
		server.stop(GRACE);
		assertThat(server.addresses()).isEmpty();
		assertThatExceptionOfType(EndpointException.class).isThrownBy(server::port)
			.withMessage("Endpoint 'server' is not running");
	}

	@Test
	void stopClosesTheListenerFirst() throws Exception {
		CompletableFuture<Object> reply = new CompletableFuture<>();
		TcpServerEndpoint server = this.endpoints.server(Listener.of(String.class, (payload, context) -> reply));
		TcpClientEndpoint client = this.endpoints.client(server.port());
		CompletableFuture<String> request = client.request("x", String.class);
		await("the request to arrive", () -> server.counters().get(Counter.RECEIVED) == 1);
		int port = server.port();
		CompletableFuture<StopReport> stopped = CompletableFuture.supplyAsync(() -> server.stop(GRACE));
		await("the listener to close", () -> refuses(port));
		assertThat(stopped).isNotDone();
		assertThat(request).isNotDone();
		reply.complete("finished");
		assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo("finished");
		assertThat(stopped.get(10, TimeUnit.SECONDS).handled()).isEqualTo(1);
		assertThat(stopped.get().abandoned()).isZero();
	}

	@Test
	void stopWaitsForNoPeer() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		try (Socket silent = connect(server); Socket half = connect(server)) {
			half.getOutputStream().write(new byte[] { 0, 0, 0, 5, 'x' });
			await("two peers", () -> server.peers().size() == 2);
			long start = System.nanoTime();
			server.stop(Duration.ofSeconds(20));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			assertEnd(silent);
			assertEnd(half);
		}
	}

	@Test
	void stopReportsWhatWasNotHandledInTime() {
		CompletableFuture<Object> never = new CompletableFuture<>();
		TcpServerEndpoint server = this.endpoints.server(Listener.of(String.class, (payload, context) -> never));
		TcpClientEndpoint client = this.endpoints.client(server.port());
		for (int i = 0; i < 5; i++) {
			client.send("n" + i);
		}
		await("all to arrive", () -> server.counters().get(Counter.RECEIVED) == 5);
		StopReport report = server.stop(Duration.ofMillis(100));
		assertThat(report.abandoned()).isEqualTo(5);
		assertThat(report.handled()).isZero();
		assertThat(report.elapsed()).isBetween(Duration.ofMillis(80), Duration.ofSeconds(3));
	}

	@Test
	void startsAgainAfterAStop() throws Exception {
		TcpServerEndpoint server = new TcpServerEndpoint(settings("server", ECHO), loopback(freePort()),
				TcpOptions.DEFAULT, this.endpoints.resources());
		this.endpoints.start(server);
		TcpClientEndpoint client = this.endpoints.client(server.port());
		for (int round = 0; round < 3; round++) {
			assertThat(client.request("r" + round, String.class).get(10, TimeUnit.SECONDS)).isEqualTo("r" + round);
			restart((round == 1) ? client : server);
		}
		server.start();
		client.start();
		assertThat(client.request("last", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("last");
		assertThat(client.counters().get(Counter.CONNECTED)).isEqualTo(4);
	}

	@Test
	void speaksIpv6() throws Exception {
		assumeIpv6();
		TcpServerEndpoint server = this.endpoints.start(new TcpServerEndpoint(settings("server", ECHO),
				new InetSocketAddress("::1", 0), TcpOptions.DEFAULT, this.endpoints.resources()));
		TcpClientEndpoint client = this.endpoints.start(this.endpoints.newClient(settings("client", null),
				TcpOptions.DEFAULT, Targets.of(Targets.parse("[::1]:" + server.port()).get(0))));
		assertThat(client.request("six", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("six");
		InetSocketAddress address = (InetSocketAddress) server.peers().iterator().next().address();
		assertThat(address.getAddress()).isInstanceOf(Inet6Address.class);
	}

	static void assumeIpv6() throws IOException {
		Assumptions.assumeTrue(
				NetworkInterface.networkInterfaces()
					.flatMap(NetworkInterface::inetAddresses)
					.anyMatch((address) -> address instanceof Inet6Address && address.isLoopbackAddress()),
				"This machine has no IPv6 loopback address");
	}

	private static Socket connect(TcpServerEndpoint server) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static void assertEnd(Socket socket) throws IOException {
		try {
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	private static boolean refuses(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isClosed();
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static void restart(Endpoint endpoint) {
		endpoint.stop(GRACE);
		assertThat(endpoint.running()).isFalse();
		endpoint.stop(GRACE);
		endpoint.start();
		endpoint.start();
		assertThat(endpoint.running()).isTrue();
	}

}
