package io.gestalt.endpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.GoodPeer;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.transport.tcp.TcpOptions;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class HostileTcpPeerTests {

	private static final int MAX = 1024;

	private final TestBed bed = new TestBed();

	private TcpServerEndpoint server;

	private GoodPeer good;

	@AfterEach
	void theGoodPeerNoticedNothing() {
		try {
			if (this.good != null) {
				assertThat(this.good.verify()).isPositive();
			}
		}
		finally {
			this.bed.close();
		}
	}

	static Stream<Arguments> poison() {
		String endless = "x".repeat(MAX + 6);
		return Stream.of(hex(Framing.LENGTH_PREFIXED, "ffffffff"), hex(Framing.LENGTH_PREFIXED, "80000000"),
				hex(Framing.LENGTH_PREFIXED, "00000401"), hex(Framing.LENGTH_PREFIXED, "7fffffff"),
				hex(Framing.HEADER_INCLUDED, "ffffffff"), hex(Framing.HEADER_INCLUDED, "00000080"),
				hex(Framing.HEADER_INCLUDED, "05040000"), hex(Framing.HEADER_INCLUDED, "03000000"),
				hex(Framing.HEADER_INCLUDED, "00000000"), hex(Framing.MESSAGE_TYPE, "ffffffff00000007"),
				hex(Framing.MESSAGE_TYPE, "80000000"), hex(Framing.MESSAGE_TYPE, "00000401"),
				text(Framing.NETSTRING, "-1:"), text(Framing.NETSTRING, "1025:"),
				text(Framing.NETSTRING, "4294967295:"), text(Framing.NETSTRING, "99999999999999999999"),
				text(Framing.NETSTRING, "01:a,"), text(Framing.NETSTRING, ":,"), text(Framing.NETSTRING, "3:abc;"),
				text(Framing.NETSTRING, "GET / HTTP/1.1\r\n\r\n"),
				text(Framing.LENGTH_PREFIXED, "GET / HTTP/1.1\r\n\r\n"), text(Framing.LINE, endless),
				text(Framing.DELIMITED, endless));
	}

	private static Arguments hex(Framing framing, String bytes) {
		return Arguments.of(framing, bytes, ByteBufUtil.decodeHexDump(bytes));
	}

	private static Arguments text(Framing framing, String bytes) {
		return Arguments.of(framing, bytes.substring(0, Math.min(24, bytes.length())),
				bytes.getBytes(StandardCharsets.US_ASCII));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("poison")
	void whatIsNoFrameCostsOnlyItsOwnConnection(Framing framing, String name, byte[] poison) throws Exception {
		serve(framing, TestBed.echo().build());
		try (RawPeer bad = RawPeer.connect(this.server.port())) {
			bad.send(framing.frame("hello"));
			assertThat(bad.receive(framing.frame("re hello").length)).isEqualTo(framing.frame("re hello"));
			bad.send(poison);
			bad.awaitEnd();
		}
		Await.untilEquals(1L, () -> this.server.counters().get(Counter.DISCONNECTED));
		assertThat(this.server.counters().get(Counter.MALFORMED)).isEqualTo(1);
		assertThat(this.server.peers()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Framing.class, names = { "LINE", "DELIMITED" })
	void anEndlessFrameIsCutOffAtTheLimit(Framing framing) throws Exception {
		serve(framing, TestBed.echo().build());
		try (RawPeer bad = RawPeer.connect(this.server.port())) {
			bad.sendInVain("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII), 500);
			assertThat(bad.awaitEnd()).isZero();
		}
		assertThat(this.server.counters().get(Counter.MALFORMED)).isEqualTo(1);
		assertThat(this.server.counters().get(Counter.UNHANDLED)).isZero();
	}

	@ParameterizedTest
	@EnumSource(Framing.class)
	void framesMayArriveByteByByte(Framing framing) throws Exception {
		serve(framing, TestBed.echo().build());
		try (RawPeer slow = RawPeer.connect(this.server.port())) {
			for (String payload : List.of("a", "", "slow")) {
				slow.sendOneByOne(framing.frame(payload));
				byte[] reply = framing.frame("re " + payload);
				assertThat(slow.receive(reply.length)).isEqualTo(reply);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Framing.class)
	void framesMayArriveAllAtOnce(Framing framing) throws Exception {
		serve(framing, TestBed.echo().build());
		try (RawPeer eager = RawPeer.connect(this.server.port())) {
			eager.send(both(framing.frame("a"), framing.frame("x".repeat(1000))));
			eager.receive(framing.frame("re a").length + framing.frame("re " + "x".repeat(1000)).length);
		}
	}

	private static byte[] both(byte[] first, byte[] second) {
		byte[] bytes = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, bytes, first.length, second.length);
		return bytes;
	}

	@ParameterizedTest
	@EnumSource(Framing.class)
	void aPeerThatHasFinishedStillGetsItsReplies(Framing framing) throws Exception {
		serve(framing, TestBed.echo().build());
		long replies = 0;
		try (RawPeer half = RawPeer.connect(this.server.port())) {
			for (int i = 0; i < 200; i++) {
				half.send(framing.frame("n" + i));
				replies += framing.frame("re n" + i).length;
			}
			half.shutdownOutput();
			assertThat(half.awaitEnd()).isEqualTo(replies);
		}
		assertThat(this.server.counters().get(Counter.MALFORMED)).isZero();
	}

	@Test
	void aPeerThatHasFinishedAndReadsLateGetsEvenLargeReplies() throws Exception {
		String large = "x".repeat(1_000_000);
		CompletableFuture<Void> all = new CompletableFuture<>();
		serve(Framing.LENGTH_PREFIXED, Listener.of(String.class, (payload, context) -> {
			if (payload.equals("last")) {
				all.complete(null);
			}
			return payload.startsWith("good") ? "re " + payload : large;
		}), 2_000_000);
		try (RawPeer half = RawPeer.connect(this.server.port())) {
			for (int i = 0; i < 7; i++) {
				half.send(Framing.LENGTH_PREFIXED.frame("n"));
			}
			half.send(Framing.LENGTH_PREFIXED.frame("last"));
			half.shutdownOutput();
			long received = half.awaitEnd();
			assertThat(received).as("%s after %s with %s", half.end(), this.server.counters(), this.server.lastError())
				.isEqualTo(8 * (4 + 1_000_000));
		}
		all.get(1, TimeUnit.SECONDS);
	}

	@Test
	void halfAFrameBeforeTheEndIsNoFrame() throws Exception {
		serve(Framing.LENGTH_PREFIXED, TestBed.echo().build());
		try (RawPeer half = RawPeer.connect(this.server.port())) {
			half.send(ByteBufUtil.decodeHexDump("0000000a" + "6162")).shutdownOutput();
			assertThat(half.awaitEnd()).isZero();
		}
		long goodOnes = this.good.verify();
		Await.untilEquals(goodOnes, () -> this.server.counters().get(Counter.HANDLED));
		assertThat(this.server.counters().get(Counter.RECEIVED)).isEqualTo(goodOnes);
	}

	@Test
	void resetsCostTheirOwnConnectionsOnly() throws Exception {
		serve(Framing.LENGTH_PREFIXED, TestBed.echo().build());
		for (int i = 0; i < 50; i++) {
			RawPeer rude = RawPeer.connect(this.server.port());
			rude.send(Framing.LENGTH_PREFIXED.frame("n" + i));
			if (i % 2 == 0) {
				rude.receive(5);
			}
			rude.reset();
		}
		Await.untilEquals(50L, () -> this.server.counters().get(Counter.DISCONNECTED));
		assertThat(this.server.peers()).hasSize(1);
		Await.until("all is counted", () -> conserved(this.server));
	}

	@Test
	void undecodableBytesCostTheConnectionThatAwaitsAReply() throws Exception {
		serve(Framing.LENGTH_PREFIXED, TestBed.echo().build());
		try (RawPeer bad = RawPeer.connect(this.server.port())) {
			bad.send(ByteBufUtil.decodeHexDump("00000002" + "c328"));
			assertThat(bad.awaitEnd()).isZero();
		}
		assertThat(this.server.counters().get(Counter.UNDECODABLE)).isEqualTo(1);
		assertThat(this.server.counters().get(Counter.MALFORMED)).isZero();
	}

	@Test
	void silentPeersAreLeftAloneUntilTheyAreIdleForTooLong() throws Exception {
		serve(Framing.LENGTH_PREFIXED, TestBed.echo().build(), MAX,
				TcpOptions.DEFAULT.idleTimeout(Duration.ofMillis(300)));
		List<RawPeer> silent = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			silent.add(RawPeer.connect(this.server.port()));
		}
		Await.untilEquals(31L, () -> this.server.counters().get(Counter.CONNECTED));
		for (RawPeer peer : silent) {
			assertThat(peer.awaitEnd()).isZero();
			peer.close();
		}
		Await.untilEquals(1, () -> this.server.peers().size());
	}

	@Test
	void aPeerThatWaitsForItsReplyIsNotIdle() throws Exception {
		CompletableFuture<String> late = new CompletableFuture<>();
		serve(Framing.LENGTH_PREFIXED,
				Listener.of(String.class, (payload, context) -> payload.equals("late") ? late : "re " + payload), MAX,
				TcpOptions.DEFAULT.idleTimeout(Duration.ofMillis(100)));
		try (RawPeer patient = RawPeer.connect(this.server.port());
				RawPeer silent = RawPeer.connect(this.server.port())) {
			patient.send(Framing.LENGTH_PREFIXED.frame("late"));
			silent.awaitEnd();
			silent.close();
			try (RawPeer another = RawPeer.connect(this.server.port())) {
				another.awaitEnd();
			}
			late.complete("done");
			assertThat(patient.receive(8)).isEqualTo(Framing.LENGTH_PREFIXED.frame("done"));
		}
	}

	@Test
	void aPeerThatReadsNothingIsIdleThoughItsMessagesWait() throws Exception {
		String large = "x".repeat(1_000_000);
		serve(Framing.LENGTH_PREFIXED,
				Listener.of(String.class, (payload, context) -> payload.startsWith("good") ? "re " + payload : large),
				2_000_000, TcpOptions.DEFAULT.idleTimeout(Duration.ofMillis(300)));
		try (RawPeer deaf = RawPeer.connect(this.server.port())) {
			for (int i = 0; i < 64; i++) {
				deaf.send(Framing.LENGTH_PREFIXED.frame("n"));
			}
			Await.untilEquals(2L, () -> this.server.counters().get(Counter.CONNECTED));
			Await.untilEquals(1, () -> this.server.peers().size());
		}
	}

	@Test
	void connectionsAboveTheLimitAreRefused() throws IOException {
		serve(Framing.LENGTH_PREFIXED, TestBed.echo().build(), MAX, TcpOptions.DEFAULT.maxConnections(2));
		try (RawPeer second = RawPeer.connect(this.server.port())) {
			Await.untilEquals(2L, () -> this.server.counters().get(Counter.CONNECTED));
			for (int i = 0; i < 20; i++) {
				try (RawPeer refused = RawPeer.connect(this.server.port())) {
					assertThat(refused.awaitEnd()).isZero();
				}
			}
			assertThat(second.send(Framing.LENGTH_PREFIXED.frame("n")).receive(8))
				.isEqualTo(Framing.LENGTH_PREFIXED.frame("re n"));
		}
		assertThat(this.server.counters().get(Counter.CONNECTIONS_REFUSED)).isEqualTo(20);
		Await.untilEquals(1, () -> this.server.peers().size());
		try (RawPeer third = RawPeer.connect(this.server.port())) {
			third.send(Framing.LENGTH_PREFIXED.frame("n")).receive(8);
		}
	}

	static boolean conserved(Endpoint endpoint) {
		return endpoint.counters().get(Counter.RECEIVED) == endpoint.counters().get(Counter.HANDLED)
				+ endpoint.counters().get(Counter.UNDECODABLE) + endpoint.counters().get(Counter.UNHANDLED)
				+ endpoint.counters().get(Counter.ABANDONED);
	}

	private void serve(Framing framing, Listener listener) {
		serve(framing, listener, MAX);
	}

	private void serve(Framing framing, Listener listener, int max) {
		serve(framing, listener, max, TcpOptions.DEFAULT);
	}

	private void serve(Framing framing, Listener listener, int max, TcpOptions options) {
		this.server = this.bed.server(TestBed.text(framing.codec(max), listener), options);
		TcpClientEndpoint client = this.bed.client(TestBed.text(framing.codec(max), null), this.server.port());
		this.good = new GoodPeer((question) -> client.request(question, String.class));
	}

}
