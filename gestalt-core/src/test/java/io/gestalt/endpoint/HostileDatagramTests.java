package io.gestalt.endpoint;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.frame.StreamFrameCodec;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.GoodPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class HostileDatagramTests {

	private final TestBed bed = new TestBed();

	private final CountDownLatch gate = new CountDownLatch(1);

	private UdpEndpoint server;

	@AfterEach
	void close() {
		this.gate.countDown();
		this.bed.close();
	}

	static Stream<Arguments> poison() {
		return Stream
			.of(Arguments.of(Framing.LENGTH_PREFIXED, "", "00", "000000", "00000005616263", "0000000161626364",
					"ffffffff61", "80000000", "00000401"),
					Arguments.of(Framing.HEADER_INCLUDED, "", "03000000", "ffffffff61", "00000000", "08000000610000"),
					Arguments.of(Framing.MESSAGE_TYPE, "", "00", "00000001", "0000000100000007", "ffffffff0000000761"),
					Arguments.of(Framing.NETSTRING, "", "3a2c", "333a61622c", "333a6162633b", "2d313a2c"))
			.map((row) -> Arguments.of(row.get()[0],
					Stream.of(row.get()).skip(1).map((hex) -> ByteBufUtil.decodeHexDump((String) hex)).toList()));
	}

	@ParameterizedTest
	@MethodSource("poison")
	void whatIsNoFrameIsCountedAndNothingElse(Framing framing, List<byte[]> datagrams) throws Exception {
		this.server = this.bed.datagrams(TestBed.text(framing.codec(1024), TestBed.echo().build()), UdpTargets.none());
		try (DatagramSocket friend = socket();
				DatagramSocket bad = socket();
				GoodPeer good = new GoodPeer((question) -> ask(friend, framing, question))) {
			for (byte[] datagram : datagrams) {
				send(bad, datagram);
			}
			Await.untilEquals((long) datagrams.size(), () -> this.server.counters().get(Counter.MALFORMED));
			assertThat(ask(bad, framing, "after all").get()).isEqualTo("re after all");
			assertThat(good.verify()).isPositive();
		}
		Await.untilEquals(this.server.counters().get(Counter.RECEIVED),
				() -> this.server.counters().get(Counter.HANDLED));
	}

	@Test
	void anEmptyDatagramIsAMessageOfBareBytes() throws Exception {
		FrameCodec bare = new StreamFrameCodec(1024);
		List<String> received = new CopyOnWriteArrayList<>();
		this.server = this.bed.datagrams(TestBed.text(bare, Listener.of(String.class, (payload, context) -> {
			received.add(payload);
			return "re " + payload;
		})), UdpTargets.none());
		try (DatagramSocket peer = socket()) {
			send(peer, new byte[0]);
			DatagramPacket answer = new DatagramPacket(new byte[10], 10);
			peer.receive(answer);
			assertThat(answer.getLength()).isEqualTo(3);
		}
		assertThat(received).containsExactly("");
	}

	@Test
	void anEmptyDatagramIsNotSentBecauseNoneWouldArrive() {
		this.server = this.bed.datagrams(TestBed.text(new StreamFrameCodec(1024), null), UdpTargets.none());
		UdpEndpoint client = this.bed.datagrams(TestBed.text(new StreamFrameCodec(1024), null),
				UdpTargets.of(List.of(TestBed.loopback(this.server.port()))));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> client.send(""))
			.withMessage("An empty message cannot be sent as a datagram without a header");
	}

	@ParameterizedTest
	@EnumSource(Ordering.class)
	void datagramsAboveTheLimitsAreDroppedAndCounted(Ordering ordering) throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		this.server = this.bed.datagrams(TestBed
			.text(Framing.LENGTH_PREFIXED.codec(1024), Listener.builder().other(String.class, (payload, context) -> {
				stuck.countDown();
				assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
				return null;
			}).ordering(ordering).build())
			.queue(new QueueLimits(50, 1_000_000, OnFull.DROP_NEWEST, Duration.ZERO)), UdpTargets.none());
		try (DatagramSocket flood = socket()) {
			for (int i = 0; i < 2000; i++) {
				send(flood, Framing.LENGTH_PREFIXED.frame("n" + i));
			}
			assertThat(stuck.await(5, TimeUnit.SECONDS)).isTrue();
			Await.until("full", () -> this.server.counters().get(Counter.INBOUND_FULL) > 0);
		}
		this.gate.countDown();
		Await.until("all is counted", this::allCounted);
	}

	private boolean allCounted() {
		return this.server.counters().get(Counter.RECEIVED) == this.server.counters().get(Counter.HANDLED)
				+ this.server.counters().get(Counter.INBOUND_FULL);
	}

	@Test
	void aFloodOfRequestsNeverSilencesAPeer() throws Exception {
		String large = "x".repeat(8000);
		this.server = this.bed
			.datagrams(TestBed
				.text(Framing.LENGTH_PREFIXED.codec(10_000),
						Listener.of(String.class,
								(payload, context) -> payload.startsWith("n") ? large : "re " + payload))
				.queue(new QueueLimits(16, 100_000, OnFull.BLOCK, Duration.ofSeconds(1))), UdpTargets.none());
		try (DatagramSocket peer = socket()) {
			for (int i = 0; i < 5000; i++) {
				send(peer, Framing.LENGTH_PREFIXED.frame("n" + i));
			}
			Await.until("all is counted", this::allCounted);
		}
		try (DatagramSocket peer = socket()) {
			assertThat(ask(peer, Framing.LENGTH_PREFIXED, "alive").get()).isEqualTo("re alive");
		}
		Await.until("all replies are accounted for", () -> StopTests.sentOrDropped(this.server));
	}

	private DatagramSocket socket() throws IOException {
		DatagramSocket socket = new DatagramSocket(TestBed.loopback(0));
		socket.setSoTimeout(200);
		return socket;
	}

	private void send(DatagramSocket from, byte[] datagram) throws IOException {
		from.send(new DatagramPacket(datagram, datagram.length, TestBed.loopback(this.server.port())));
	}

	/** Asks again if the network has lost the question or the answer. */
	private CompletableFuture<String> ask(DatagramSocket from, Framing framing, String question) {
		byte[] expected = framing.frame("re " + question);
		DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
		for (int attempt = 0; attempt < 5; attempt++) {
			try {
				send(from, framing.frame(question));
				do {
					from.receive(answer);
				}
				while (!Arrays.equals(Arrays.copyOf(answer.getData(), answer.getLength()), expected));
				return CompletableFuture.completedFuture("re " + question);
			}
			catch (SocketTimeoutException ex) {
				// lost, try again
			}
			catch (IOException ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}
		return CompletableFuture.failedFuture(new SocketTimeoutException("No answer to " + question));
	}

}
