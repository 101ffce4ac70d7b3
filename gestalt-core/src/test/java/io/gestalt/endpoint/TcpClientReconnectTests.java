package io.gestalt.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.endpoint.connect.TargetPolicy;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.failover;
import static io.gestalt.endpoint.TestEndpoints.freePort;
import static io.gestalt.endpoint.TestEndpoints.loopback;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class TcpClientReconnectTests {

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final EventLog events = new EventLog();

	@Test
	void aServerThatAcceptsAndClosesIsNotHammered() throws Exception {
		AtomicInteger accepted = new AtomicInteger();
		try (ServerSocket server = new ServerSocket(0)) {
			Thread acceptor = new Thread(() -> {
				while (!server.isClosed()) {
					try {
						server.accept().close();
						accepted.incrementAndGet();
					}
					catch (IOException ex) {
						return;
					}
				}
			});
			acceptor.start();
			Targets targets = new Targets(List.of(loopback(server.getLocalPort())), TargetPolicy.FAILOVER,
					new Reconnect(Duration.ofMillis(100), 2, Duration.ofSeconds(10), false));
			TcpClientEndpoint client = this.endpoints.start(this.endpoints
				.newClient(settings("client", null).observer(this.events), TcpOptions.DEFAULT, targets));
			CompletableFuture.runAsync(() -> {
			}, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS)).get(5, TimeUnit.SECONDS);
			assertThat(accepted.get()).isBetween(2, 12);
			client.stop(GRACE);
		}
	}

	@Test
	void aConnectionThatProvedStableStartsTheCountAfresh() {
		int port = freePort();
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), port);
		this.events.awaitCount(EndpointEvent.ConnectFailed.class, 4);
		TcpServerEndpoint server = serverAt(port);
		this.events.await(EndpointEvent.PeerConnected.class);
		long since = System.nanoTime();
		await("the connection to last as long as the longest wait",
				() -> System.nanoTime() - since > TestEndpoints.QUICKLY.maxInterval().toNanos() * 3 / 2);
		int failures = this.events.all(EndpointEvent.ConnectFailed.class).size();
		server.stop(GRACE);
		this.events.awaitCount(EndpointEvent.ConnectFailed.class, failures + 1);
		assertThat(this.events.all(EndpointEvent.ConnectFailed.class).get(3).retryIn()).hasMillis(100);
		assertThat(this.events.all(EndpointEvent.ConnectFailed.class).get(failures).retryIn())
			.isLessThan(Duration.ofMillis(100));
		assertThat(client.running()).isTrue();
	}

	@Test
	void aClientSaysWhetherItIsConnectedAndWhyNot() {
		int port = freePort();
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), port);
		this.events.await(EndpointEvent.ConnectFailed.class);
		assertThat(client.state()).isEqualTo(EndpointState.CONNECTING);
		assertThat(client.lastError()).hasMessageContaining("refused");
		TcpServerEndpoint server = serverAt(port);
		await("the client to be connected", () -> client.state() == EndpointState.READY);
		assertThat(client.lastError()).isNull();
		server.stop(GRACE);
		await("the client to miss the server", () -> client.state() == EndpointState.CONNECTING);
		client.stop(GRACE);
		assertThat(client.state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void whatIsSentBeforeTheServerIsUpArrivesInItsOrder() throws Exception {
		int port = freePort();
		TcpClientEndpoint client = this.endpoints.client(port);
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			sent.add(client.sendAsync("n" + i));
		}
		assertThat(sent).noneMatch(CompletableFuture::isDone);
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		this.endpoints.start(new TcpServerEndpoint(
				settings("server", Listener.of(String.class, (payload, context) -> received.add(payload) ? null : "")),
				loopback(port), TcpOptions.DEFAULT, this.endpoints.resources()));
		for (int i = 0; i < 1000; i++) {
			assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("n" + i);
		}
		CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
	}

	@Test
	void aFullQueueRefusesWhileNobodyIsThere() {
		TcpClientEndpoint client = this.endpoints.client(queue(2, OnFull.FAIL, Duration.ofSeconds(5)), freePort());
		client.send("a");
		client.send("b");
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> client.send("c"))
			.withMessageContaining("limits are 2 messages")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Counter.REFUSED));
		assertThat(client.counters().get(Counter.REFUSED)).isEqualTo(1);
	}

	@Test
	void aFullQueueBlocksForTheSendTimeout() {
		TcpClientEndpoint client = this.endpoints.client(queue(1, OnFull.BLOCK, Duration.ofMillis(150)), freePort());
		client.send("a");
		long start = System.nanoTime();
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> client.send("b"))
			.withMessageContaining("send timeout of PT0.15S");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100),
				Duration.ofSeconds(5));
	}

	@Test
	void aFullQueueDropsTheOldestOrTheNewest() throws Exception {
		int port = freePort();
		TcpClientEndpoint oldest = this.endpoints.client(queue(2, OnFull.DROP_OLDEST, Duration.ofSeconds(5)), port);
		TcpClientEndpoint newest = this.endpoints.client(queue(2, OnFull.DROP_NEWEST, Duration.ofSeconds(5)), port);
		CompletableFuture<Void> first = oldest.sendAsync("o1");
		oldest.send("o2");
		oldest.send("o3");
		newest.send("n1");
		newest.send("n2");
		CompletableFuture<Void> last = newest.sendAsync("n3");
		assertDropped(first, Counter.DROPPED_OLDEST);
		assertDropped(last, Counter.DROPPED_NEWEST);
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		this.endpoints.start(new TcpServerEndpoint(
				settings("server", Listener.of(String.class, (payload, context) -> received.add(payload) ? null : "")),
				loopback(port), TcpOptions.DEFAULT, this.endpoints.resources()));
		List<String> got = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			got.add(received.poll(10, TimeUnit.SECONDS));
		}
		assertThat(got).containsExactlyInAnyOrder("o2", "o3", "n1", "n2");
	}

	private static void assertDropped(CompletableFuture<Void> future, Counter reason) {
		assertThat(future).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOfSatisfying(SendException.class, (ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	@Test
	void tellsWhenItIsConnectedNowAndLater() throws Exception {
		int port = freePort();
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), port);
		CompletableFuture<Peer> later = client.whenConnected();
		assertThat(later).isNotDone();
		TcpServerEndpoint server = serverAt(port);
		assertThat(later.get(10, TimeUnit.SECONDS).address()).isEqualTo(loopback(port));
		assertThat(client.whenConnected()).isCompletedWithValue(later.join());
		server.stop(GRACE);
		this.events.await(EndpointEvent.PeerDisconnected.class);
		await("a new promise", () -> !client.whenConnected().isDone());
		server.start();
		assertThat(client.whenConnected()).isNotDone();
	}

	@Test
	void anUnknownHostIsReportedAndTriedAgain() {
		Targets targets = new Targets(List.of(InetSocketAddress.createUnresolved("no-such-host.invalid", 7000)),
				TargetPolicy.FAILOVER, TestEndpoints.QUICKLY);
		TcpClientEndpoint client = this.endpoints.newClient(settings("client", null).observer(this.events),
				TcpOptions.DEFAULT, targets);
		client.start();
		EndpointEvent.ConnectFailed failed = this.events.await(EndpointEvent.ConnectFailed.class);
		assertThat(failed.cause()).isInstanceOf(UnknownHostException.class);
		assertThat(failed.target()).hasToString("no-such-host.invalid/<unresolved>:7000");
		this.events.awaitCount(EndpointEvent.ConnectFailed.class, 2);
		assertThat(client.counters().get(Counter.CONNECT_FAILED)).isGreaterThanOrEqualTo(2);
	}

	@Test
	void aHostThatDoesNotAnswerCostsTheConnectTimeoutOnly() throws Exception {
		try (ServerSocket full = new ServerSocket(0, 1, loopback(0).getAddress())) {
			List<Socket> fillers = new ArrayList<>();
			try {
				fillBacklog(full, fillers);
				TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events),
						TcpOptions.DEFAULT.connectTimeout(Duration.ofMillis(200)), full.getLocalPort());
				EndpointEvent.ConnectFailed failed = this.events.await(EndpointEvent.ConnectFailed.class);
				assertThat(failed.cause()).hasMessageContaining("timed out");
				assertThat(client.peers()).isEmpty();
			}
			finally {
				for (Socket filler : fillers) {
					filler.close();
				}
			}
		}
	}

	private static void fillBacklog(ServerSocket full, List<Socket> fillers) throws IOException {
		for (int i = 0; i < 10; i++) {
			Socket filler = new Socket();
			fillers.add(filler);
			try {
				filler.connect(full.getLocalSocketAddress(), 100);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
	}

	@Test
	void stopsInTheMiddleOfReconnecting() {
		int port = freePort();
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), port);
		CompletableFuture<Void> lost = client.sendAsync("never");
		client.send("nor this");
		this.events.await(EndpointEvent.ConnectFailed.class);
		StopReport report = client.stop(GRACE);
		assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(2));
		assertThat(report.dropped()).isEqualTo(2);
		assertDropped(lost, Counter.DROPPED_LOST);
		int before = this.events.all().size();
		TcpServerEndpoint server = serverAt(port);
		CompletableFuture<?> pause = new CompletableFuture<>().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS);
		pause.join();
		assertThat(server.peers()).isEmpty();
		assertThat(this.events.all()).hasSize(before);
		assertThatThrownBy(() -> server.send("x")).isInstanceOf(EndpointException.class);
	}

	@Test
	void aMessageOnItsWayIsReportedLostWithItsConnection() {
		CompletableFuture<Object> never = new CompletableFuture<>();
		TcpServerEndpoint server = this.endpoints.server(Listener.of(String.class, (payload, context) -> never));
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), server.port());
		this.events.await(EndpointEvent.PeerConnected.class);
		CompletableFuture<String> reply = client.request("x", String.class);
		await("the request to arrive", () -> server.counters().get(Counter.RECEIVED) == 1);
		server.peers().iterator().next().close();
		assertDropped(reply.thenApply((any) -> null), Counter.DROPPED_LOST);
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).reason()).isEqualTo(CloseReason.PEER_CLOSED);
		this.events.awaitCount(EndpointEvent.PeerConnected.class, 2);
		never.complete("late");
	}

	private TcpServerEndpoint serverAt(int port) {
		return this.endpoints.start(new TcpServerEndpoint(settings("server", ECHO), loopback(port), TcpOptions.DEFAULT,
				this.endpoints.resources()));
	}

	private static EndpointSettings queue(int capacity, OnFull onFull, Duration timeout) {
		return settings("client", null).queue(new QueueLimits(capacity, 1 << 20, onFull, timeout));
	}

	@Test
	void targetsOfOneClientAreReadFromOneLine() {
		assertThat(Targets.parse("a:1, [::1]:2")).extracting(InetSocketAddress::getPort).containsExactly(1, 2);
		assertThat(failover(1, 2).addresses()).hasSize(2);
	}

}
