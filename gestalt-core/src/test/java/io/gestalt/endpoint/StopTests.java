package io.gestalt.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class StopTests {

	private static final Framing FRAMES = Framing.LENGTH_PREFIXED;

	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final Duration MARGIN = Duration.ofMillis(2300);

	private final TestBed bed = new TestBed();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.threads.shutdownNow();
		this.bed.close();
	}

	@ParameterizedTest
	@CsvSource({ "WORKER, PEER", "WORKER, NONE", "EVENT_LOOP, PEER" })
	void allThatWasReceivedFrom8PeersIsHandled(Execution execution, Ordering ordering) throws Exception {
		TcpServerEndpoint server = this.bed.server(TestBed.text(FRAMES.codec(1000),
				TestBed.echo().execution(execution).ordering(ordering).replies(false).build()));
		AtomicBoolean sending = new AtomicBoolean(true);
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			RawPeer peer = RawPeer.connect(server.port());
			senders.add(CompletableFuture.runAsync(() -> drain(peer), this.threads));
			senders.add(CompletableFuture.runAsync(() -> {
				while (sending.get()) {
					peer.sendInVain(FRAMES.frame("message"), 100);
				}
			}, this.threads));
		}
		Await.until("under load", () -> server.counters().get(Counter.HANDLED) > 5_000);
		StopReport report = server.stop(GRACE);
		sending.set(false);
		assertThat(report.elapsed()).isLessThan(GRACE);
		assertThat(report.abandoned()).isZero();
		assertThat(server.counters().get(Counter.ABANDONED)).isZero();
		assertThat(server.counters().get(Counter.HANDLED)).isEqualTo(server.counters().get(Counter.RECEIVED));
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isZero();
		assertThat(server.counters().get(Counter.DROPPED_LOST) + server.counters().get(Counter.REFUSED)).isZero();
		assertThat(server.counters().get(Counter.SENT)).isEqualTo(server.counters().get(Counter.HANDLED));
		assertThat(server.peers()).isEmpty();
		CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
	}

	private static void drain(RawPeer peer) {
		try (peer) {
			peer.awaitEnd();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void aStuckHandlerHoldsAStopNoLongerThanTheGrace(Execution execution) throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		TcpServerEndpoint server = this.bed
			.server(TestBed.text(FRAMES.codec(1000), Listener.builder().other(String.class, (payload, context) -> {
				stuck.countDown();
				assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
				return null;
			}).execution(execution).build()));
		try (RawPeer peer = RawPeer.connect(server.port())) {
			for (int i = 0; i < 10; i++) {
				peer.send(FRAMES.frame("n" + i));
			}
			assertThat(stuck.await(5, TimeUnit.SECONDS)).isTrue();
			StopReport report = server.stop(Duration.ofMillis(300));
			assertThat(report.elapsed()).isBetween(Duration.ofMillis(250), MARGIN.plusMillis(800));
			if (execution == Execution.WORKER) {
				assertThat(report.abandoned()).isEqualTo(server.counters().get(Counter.RECEIVED));
			}
			this.gate.countDown();
			Await.until("all is counted once", () -> HostileTcpPeerTests.conserved(server));
		}
	}

	@ParameterizedTest
	@EnumSource(Ordering.class)
	void aStalledReaderHoldsAStopNoLongerThanItMust(Ordering ordering) throws Exception {
		String large = "x".repeat(900);
		TcpServerEndpoint server = this.bed.server(TestBed
			.text(FRAMES.codec(1000),
					Listener.builder().other(String.class, (payload, context) -> large).ordering(ordering).build())
			.queue(new QueueLimits(100, 1_000_000, OnFull.BLOCK, Duration.ofSeconds(30))));
		try (RawPeer peer = RawPeer.connect(server.port())) {
			CompletableFuture<Void> flood = CompletableFuture
				.runAsync(() -> peer.sendInVain(FRAMES.frame("message").clone(), 200_000), this.threads);
			awaitStandstill(server, Counter.SENT);
			long start = System.nanoTime();
			StopReport report = server.stop(Duration.ofSeconds(2));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2).plus(MARGIN));
			assertThat(report.abandoned() + report.dropped()).isPositive();
			flood.get(10, TimeUnit.SECONDS);
		}
		Await.until("all is counted once", () -> HostileTcpPeerTests.conserved(server) && sentOrDropped(server));
	}

	private static void awaitStandstill(Endpoint endpoint, Counter counter) {
		long[] last = { -1, System.nanoTime() };
		Await.until("standstill", () -> {
			long now = endpoint.counters().get(counter);
			if (now != last[0] || now == 0) {
				last[0] = now;
				last[1] = System.nanoTime();
			}
			return System.nanoTime() - last[1] > 500_000_000;
		});
	}

	static boolean sentOrDropped(Endpoint endpoint) {
		return endpoint.counters().get(Counter.OFFERED) == endpoint.counters().get(Counter.SENT)
				+ endpoint.counters().get(Counter.REFUSED) + endpoint.counters().get(Counter.DROPPED_LOST)
				+ endpoint.counters().get(Counter.DROPPED_OLDEST) + endpoint.counters().get(Counter.DROPPED_NEWEST);
	}

	@Test
	void garbageBehindAFullLaneDoesNotHangAStop() throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		TcpServerEndpoint server = this.bed
			.server(TestBed.text(FRAMES.codec(1000), Listener.of(String.class, (payload, context) -> {
				stuck.countDown();
				assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
				return null;
			})).queue(new QueueLimits(1, 1000, OnFull.FAIL, Duration.ZERO)));
		try (RawPeer peer = RawPeer.connect(server.port())) {
			peer.send(new byte[] { 0, 0, 0, 1, 'a', -1, -1, -1, -1 });
			assertThat(stuck.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(server.stop(Duration.ofMillis(200)).abandoned()).isEqualTo(1);
		}
	}

	@Test
	void whoKeepsConnectingDuringAStopIsNotServedAfterIt() throws Exception {
		AtomicBoolean connecting = new AtomicBoolean(true);
		for (int round = 0; round < 20; round++) {
			TcpServerEndpoint server = this.bed.server(TestBed.text(FRAMES.codec(1000), TestBed.echo().build()));
			int port = server.port();
			connecting.set(true);
			CompletableFuture<Void> knocking = CompletableFuture.runAsync(() -> knock(connecting, port), this.threads);
			Await.until("connected", () -> server.counters().get(Counter.CONNECTED) > 20);
			server.stop(GRACE);
			connecting.set(false);
			knocking.get(20, TimeUnit.SECONDS);
			Await.until("all are gone", () -> server.peers().isEmpty()
					&& server.counters().get(Counter.CONNECTED) == server.counters().get(Counter.DISCONNECTED));
		}
	}

	private static void knock(AtomicBoolean connecting, int port) {
		List<RawPeer> open = new ArrayList<>();
		try {
			while (connecting.get()) {
				open.add(RawPeer.connect(port));
			}
		}
		catch (UncheckedIOException ex) {
			// the server has closed its door
		}
		// a handshake that the closing listener cut in half shows only to who sends
		open.forEach((peer) -> peer.sendInVain(new byte[] { 0 }, 1));
		open.forEach(StopTests::drain);
	}

	@Test
	void aStoppedServerStartsAgain() throws Exception {
		TcpServerEndpoint server = this.bed.server(TestBed.text(FRAMES.codec(1000), TestBed.echo().build()));
		for (int i = 0; i < 5; i++) {
			server.stop(GRACE);
			assertThat(server.stop(GRACE).elapsed()).isZero();
			server.start();
			TcpClientEndpoint client = this.bed.client(TestBed.text(FRAMES.codec(1000), null), server.port());
			assertThat(client.request("x", String.class).get(5, TimeUnit.SECONDS)).isEqualTo("re x");
			client.stop(GRACE);
		}
	}

	@Test
	void messagesThatWaitForAConnectionAreDroppedByAStop() {
		TcpClientEndpoint client = this.bed.client(TestBed.text(FRAMES.codec(1000), null), 1);
		List<CompletableFuture<Void>> deliveries = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			deliveries.add(client.sendAsync("n" + i));
		}
		client.stop(Duration.ofMillis(100));
		assertThat(deliveries).allSatisfy((delivery) -> assertThat(delivery).failsWithin(Duration.ofSeconds(1))
			.withThrowableThat()
			.withCauseInstanceOf(SendException.class));
		assertThat(client.counters().get(Counter.DROPPED_LOST)).isEqualTo(10);
	}

}
