package io.gestalt.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.codec.CodecException;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class FifoRequestTests {

	private static final Framing FRAMES = Framing.LENGTH_PREFIXED;

	private final TestBed bed = new TestBed();

	private ServerSocket listening;

	private TcpClientEndpoint client;

	@BeforeEach
	void open() throws IOException {
		this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		this.listening.setSoTimeout(10_000);
		this.client = this.bed.client(TestBed.text(FRAMES.codec(1000), null).requestTimeout(Duration.ofMillis(300)),
				this.listening.getLocalPort());
	}

	@AfterEach
	void close() throws IOException {
		this.bed.close();
		this.listening.close();
	}

	private RawPeer accept() throws IOException {
		return new RawPeer(this.listening.accept());
	}

	private CompletableFuture<String> request(String payload) {
		return this.client.request(payload, String.class);
	}

	private CompletableFuture<String> patientRequest(String payload) {
		return this.client.request(payload, String.class, Duration.ofSeconds(20));
	}

	private static void take(RawPeer server, String payload) throws IOException {
		assertThat(server.receive(4 + payload.length())).isEqualTo(FRAMES.frame(payload));
	}

	@Test
	void aServerThatNeverAnswersFailsAllThatWait() throws Exception {
		CompletableFuture<String> first = request("a");
		CompletableFuture<String> second = patientRequest("b");
		try (RawPeer server = accept()) {
			take(server, "a");
			take(server, "b");
			assertFails(first, RequestTimeoutException.class);
			assertFails(second, SendException.class);
		}
		assertThat(this.client.counters().get(Counter.REQUEST_TIMEOUTS)).isEqualTo(1);
	}

	@Test
	void aLateReplyIsNobodysAndTheNextConnectionWorks() throws Exception {
		CompletableFuture<String> first = request("a");
		try (RawPeer server = accept()) {
			take(server, "a");
			assertFails(first, RequestTimeoutException.class);
			try (RawPeer next = accept()) {
				server.send(FRAMES.frame("re a"));
				Await.untilEquals(1L, () -> this.client.counters().get(Counter.LATE_REPLIES));
				for (int i = 0; i < 20; i++) {
					CompletableFuture<String> later = patientRequest("b" + i);
					take(next, "b" + i);
					next.send(FRAMES.frame("re b" + i));
					assertThat(later.get(5, TimeUnit.SECONDS)).isEqualTo("re b" + i);
				}
			}
		}
	}

	@Test
	void surplusRepliesGoToNobody() throws Exception {
		CompletableFuture<String> first = patientRequest("a");
		try (RawPeer server = accept()) {
			take(server, "a");
			server.send(FRAMES.frame("re a")).send(FRAMES.frame("surplus"));
			assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo("re a");
			Await.untilEquals(1L, () -> this.client.counters().get(Counter.UNHANDLED));
			CompletableFuture<String> second = patientRequest("b");
			take(server, "b");
			server.send(FRAMES.frame("re b"));
			assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("re b");
		}
	}

	@Test
	void aServerThatClosesInTheMiddleFailsTheRestAtOnce() throws Exception {
		List<CompletableFuture<String>> replies = new ArrayList<>();
		try (RawPeer server = accept()) {
			for (int i = 0; i < 10; i++) {
				replies.add(patientRequest("n" + i));
				take(server, "n" + i);
			}
			for (int i = 0; i < 4; i++) {
				server.send(FRAMES.frame("re n" + i));
			}
			server.send(new byte[] { 0, 0, 0, 9, 'h' });
		}
		for (int i = 0; i < 10; i++) {
			if (i < 4) {
				assertThat(replies.get(i).get(5, TimeUnit.SECONDS)).isEqualTo("re n" + i);
			}
			else {
				assertFails(replies.get(i), SendException.class);
			}
		}
	}

	@Test
	void repliesMayComeByteByByteTo256InFlight() throws Exception {
		List<CompletableFuture<String>> replies = new ArrayList<>();
		try (RawPeer server = accept()) {
			for (int i = 0; i < 256; i++) {
				replies.add(patientRequest("n" + i));
			}
			for (int i = 0; i < 256; i++) {
				take(server, "n" + i);
			}
			for (int i = 0; i < 256; i++) {
				server.sendOneByOne(FRAMES.frame("re n" + i));
			}
			for (int i = 0; i < 256; i++) {
				assertThat(replies.get(i).get(5, TimeUnit.SECONDS)).isEqualTo("re n" + i);
			}
		}
	}

	@Test
	void aCancelledRequestKeepsItsPlaceInTheOrder() throws Exception {
		try (RawPeer server = accept()) {
			CompletableFuture<String> first = patientRequest("a");
			CompletableFuture<String> second = patientRequest("b");
			take(server, "a");
			take(server, "b");
			assertThat(first.cancel(true)).isTrue();
			server.send(FRAMES.frame("re a")).send(FRAMES.frame("re b"));
			assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("re b");
		}
		assertThat(this.client.counters().get(Counter.LATE_REPLIES)).isEqualTo(1);
	}

	@Test
	void aCancelledRequestThatIsNeverAnsweredGivesItsConnectionUp() throws Exception {
		try (RawPeer server = accept()) {
			CompletableFuture<String> first = request("a");
			take(server, "a");
			assertThat(first.cancel(true)).isTrue();
			try (RawPeer next = accept()) {
				CompletableFuture<String> second = patientRequest("b");
				take(next, "b");
				server.send(FRAMES.frame("re a"));
				next.send(FRAMES.frame("re b"));
				assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("re b");
			}
		}
	}

	@Test
	void aConnectionThatWasGivenUpIsNoPeerAnyMore() throws Exception {
		CompletableFuture<String> first = request("a");
		try (RawPeer server = accept()) {
			take(server, "a");
			Peer old = this.client.whenConnected().get(5, TimeUnit.SECONDS);
			assertFails(first, RequestTimeoutException.class);
			try (RawPeer next = accept()) {
				Await.until("a new peer", () -> this.client.peers().stream().anyMatch((peer) -> peer != old));
				assertThat(this.client.peers()).hasSize(1);
				assertThat(this.client.sendToAll("b")).isEqualTo(1);
				take(next, "b");
			}
		}
	}

	@Test
	void aRequestThatIsCancelledBeforeItIsSentIsNeverSent() throws Exception {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		TcpClientEndpoint early = this.bed.client(TestBed.text(FRAMES.codec(1000), null), port);
		CompletableFuture<String> first = early.request("a", String.class);
		CompletableFuture<String> second = early.request("b", String.class);
		assertThat(first.cancel(false)).isTrue();
		try (ServerSocket late = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
				RawPeer server = new RawPeer(late.accept())) {
			take(server, "b");
			server.send(FRAMES.frame("re b"));
			assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("re b");
		}
		assertThat(early.counters().get(Counter.DROPPED_LOST)).isEqualTo(1);
	}

	@Test
	void aMessageThatCannotBeEncodedLeavesNoSlotBehind() throws Exception {
		try (RawPeer server = accept()) {
			assertFails(this.client.request(new Object() {
				@Override
				public String toString() {
					throw new CodecException("text", "Cannot be written");
				}
			}, String.class), RuntimeException.class);
			assertFails(patientRequest("x".repeat(1001)), RuntimeException.class);
			CompletableFuture<String> good = patientRequest("a");
			take(server, "a");
			server.send(FRAMES.frame("re a"));
			assertThat(good.get(5, TimeUnit.SECONDS)).isEqualTo("re a");
		}
		assertThat(this.client.counters().get(Counter.OFFERED)).isEqualTo(1);
	}

	@Test
	void aReplyThatCannotBeDecodedFailsItsRequestOnly() throws Exception {
		try (RawPeer server = accept()) {
			CompletableFuture<String> bad = patientRequest("a");
			CompletableFuture<String> good = patientRequest("b");
			take(server, "a");
			take(server, "b");
			server.send(new byte[] { 0, 0, 0, 2, (byte) 0xc3, 0x28 }).send(FRAMES.frame("re b"));
			assertFails(bad, CodecException.class);
			assertThat(good.get(5, TimeUnit.SECONDS)).isEqualTo("re b");
		}
	}

	@Test
	void requestsThatNobodyTakesEndAsWell() {
		TcpClientEndpoint lonely = this.bed.client(TestBed.text(FRAMES.codec(1000), null)
			.requestTimeout(Duration.ofMillis(200))
			.queue(new QueueLimits(10, 1000, OnFull.FAIL, Duration.ZERO)), 1);
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			replies.add(lonely.request("n" + i, String.class));
		}
		assertThat(replies).allSatisfy((reply) -> assertFails(reply, RuntimeException.class));
		assertThat(lonely.counters().get(Counter.REFUSED)).isEqualTo(10);
		assertThat(lonely.counters().get(Counter.REQUEST_TIMEOUTS)).isEqualTo(10);
	}

	@Test
	void aStopFailsWhatIsStillWaiting() throws Exception {
		CompletableFuture<String> sent = patientRequest("a");
		try (RawPeer server = accept()) {
			take(server, "a");
			long start = System.nanoTime();
			this.client.stop(Duration.ofMillis(200));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
			assertFails(sent, SendException.class);
		}
	}

	@Test
	void aPeerThatIsGoneGetsNothingAndNorDoesTheNextOne() throws Exception {
		Peer old;
		try (RawPeer server = accept()) {
			old = this.client.whenConnected().get(5, TimeUnit.SECONDS);
		}
		try (RawPeer next = accept()) {
			Await.until("a new peer", () -> this.client.peers().stream().anyMatch((peer) -> peer != old));
			assertThatExceptionOfType(SendException.class).isThrownBy(() -> old.send("old"))
				.withMessage("Peer %s is gone", old);
			assertFails(old.sendAsync("old"), SendException.class);
			this.client.send("new");
			take(next, "new");
		}
		assertThat(this.client.counters().get(Counter.REFUSED)).isEqualTo(2);
		assertThat(this.client.counters().get(Counter.OFFERED)).isEqualTo(3);
	}

	@Test
	void repliesInTheLastMomentAreGivenToTheirCallersAndCostNoConnection() throws Exception {
		try (RawPeer server = accept()) {
			int timedOut = 0;
			for (int i = 0; i < 20 && timedOut == 0; i++) {
				CompletableFuture<String> reply = this.client.request("a", String.class, Duration.ofMillis(40));
				take(server, "a");
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + i));
				server.send(FRAMES.frame("re a"));
				timedOut += reply.handle((text, failure) -> (failure != null) ? 1 : 0).get(5, TimeUnit.SECONDS);
			}
			long timeouts = this.client.counters().get(Counter.REQUEST_TIMEOUTS);
			assertThat(timeouts).isEqualTo(timedOut);
			assertThat(this.client.counters().get(Counter.DISCONNECTED)).isLessThanOrEqualTo(timeouts);
		}
	}

	@Test
	void aClientThatStopsTakesNoMoreMessagesAfterItsLastReply() throws Exception {
		Listener listener = Listener.of(String.class, (payload, context) -> null);
		TcpClientEndpoint listening = this.bed.client(TestBed.text(FRAMES.codec(1000), listener),
				this.listening.getLocalPort());
		try (RawPeer first = accept(); RawPeer second = accept()) {
			CompletableFuture<String> reply = listening.request("a", String.class);
			RawPeer server = asked(first, second);
			CompletableFuture<StopReport> stopped = CompletableFuture
				.supplyAsync(() -> listening.stop(Duration.ofSeconds(5)));
			Await.until("the stop", () -> !listening.running());
			server.send(FRAMES.frame("re a"));
			assertThat(reply.get(5, TimeUnit.SECONDS)).isEqualTo("re a");
			server.sendInVain(FRAMES.frame("more"), 100_000);
			assertThat(stopped.get(4, TimeUnit.SECONDS).elapsed()).isLessThan(Duration.ofSeconds(4));
		}
	}

	private static RawPeer asked(RawPeer first, RawPeer second) throws Exception {
		CompletableFuture<RawPeer> asked = new CompletableFuture<>();
		for (RawPeer peer : List.of(first, second)) {
			Thread reader = new Thread(() -> {
				try {
					take(peer, "a");
					asked.complete(peer);
				}
				catch (IOException ex) {
					// the other one is asked
				}
			});
			reader.setDaemon(true);
			reader.start();
		}
		return asked.get(5, TimeUnit.SECONDS);
	}

	private static void assertFails(CompletableFuture<?> future, Class<? extends Throwable> cause) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> future.get(5, TimeUnit.SECONDS))
			.withCauseInstanceOf(cause);
	}

}
