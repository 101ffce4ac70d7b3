package io.gestalt.endpoint;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.GoodPeer;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.SelfSigned;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.transport.tcp.TcpOptions;
import io.gestalt.transport.tcp.TlsSettings;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class HostileTlsPeerTests {

	private static final Framing FRAMES = Framing.LENGTH_PREFIXED;

	private static final int MAX = 100_000;

	private static SSLContext context;

	private final TestBed bed = new TestBed();

	private TcpServerEndpoint server;

	private GoodPeer good;

	@BeforeAll
	static void makeKey() throws Exception {
		context = SelfSigned.context();
	}

	@BeforeEach
	void open() {
		TcpOptions tls = TcpOptions.DEFAULT.tls(new TlsSettings(() -> context));
		this.server = this.bed.server(TestBed.text(FRAMES.codec(MAX), TestBed.echo().build()), tls);
		TcpClientEndpoint client = this.bed.client(TestBed.text(FRAMES.codec(MAX), null), this.server.port(), tls);
		this.good = new GoodPeer((question) -> client.request(question, String.class));
	}

	@AfterEach
	void theGoodPeerNoticedNothing() {
		try {
			assertThat(this.good.verify()).isPositive();
		}
		finally {
			this.bed.close();
		}
	}

	private RawPeer secured() throws Exception {
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", this.server.port());
		socket.startHandshake();
		return new RawPeer(socket);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000568656c6c6f", "ffffffffffffffffffff", "474554202f20485454502f312e310d0a0d0a",
			"1603010005ffffffffff", "16030100050100000100", "15030100020228",
			"1703030010000102030405060708090a0b0c0d0e0f" })
	void whatIsNoHandshakeCostsOnlyItsOwnConnection(String garbage) throws Exception {
		try (RawPeer bad = RawPeer.connect(this.server.port())) {
			bad.send(ByteBufUtil.decodeHexDump(garbage));
			bad.shutdownOutput();
			bad.awaitEnd();
		}
		Await.untilEquals(1L, () -> this.server.counters().get(Counter.TLS_FAILED));
		assertThat(this.server.counters().get(Counter.CONNECTED)).isEqualTo(1);
		assertThat(this.server.counters().get(Counter.MALFORMED)).isZero();
	}

	@Test
	void silentAndVanishingPeersHoldUpNobody() throws Exception {
		List<RawPeer> silent = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			silent.add(RawPeer.connect(this.server.port()));
			RawPeer.connect(this.server.port()).close();
			RawPeer.connect(this.server.port()).send(new byte[] { 0x16, 3, 1 }).reset();
		}
		try (RawPeer neighbour = secured()) {
			assertThat(neighbour.send(FRAMES.frame("x")).receive(8)).isEqualTo(FRAMES.frame("re x"));
		}
		Await.untilEquals(1L, () -> this.server.counters().get(Counter.DISCONNECTED));
		assertThat(this.server.peers()).hasSize(1);
		silent.forEach(RawPeer::close);
	}

	@Test
	void framesAreCheckedInsideOfTls() throws Exception {
		try (RawPeer bad = secured()) {
			bad.send(FRAMES.frame("x")).receive(8);
			bad.send(ByteBufUtil.decodeHexDump("ffffffff"));
			assertThat(bad.awaitEnd()).isZero();
		}
		Await.untilEquals(1L, () -> this.server.counters().get(Counter.MALFORMED));
		assertThat(this.server.counters().get(Counter.TLS_FAILED)).isZero();
	}

	@Test
	void garbageAfterTheHandshakeEndsTheConnection() throws Exception {
		try (Socket plain = new Socket("127.0.0.1", this.server.port());
				SSLSocket layered = (SSLSocket) context.getSocketFactory()
					.createSocket(plain, "127.0.0.1", this.server.port(), false)) {
			layered.startHandshake();
			plain.getOutputStream().write("no record at all".getBytes(StandardCharsets.US_ASCII));
			new RawPeer(plain).awaitEnd();
		}
		Await.untilEquals(1L, () -> this.server.counters().get(Counter.DISCONNECTED));
	}

	@Test
	void aClosingPeerStillGetsItsRepliesThroughTls() throws Exception {
		String large = "x".repeat(50_000);
		try (RawPeer peer = secured()) {
			for (int i = 0; i < 20; i++) {
				peer.send(FRAMES.frame(large));
			}
			for (int i = 0; i < 20; i++) {
				assertThat(peer.receive(4 + 3 + 50_000)).isEqualTo(FRAMES.frame("re " + large));
			}
		}
		Await.untilEquals(1L, () -> this.server.counters().get(Counter.DISCONNECTED));
		assertThat(this.server.counters().get(Counter.TLS_FAILED)).isZero();
	}

	@Test
	void aPlaintextClientKeepsTryingAndHarmsNobody() throws Exception {
		TcpClientEndpoint plain = this.bed.client(TestBed.text(FRAMES.codec(MAX), null), this.server.port());
		assertThat(plain.request("x", String.class, Duration.ofMillis(500))
			.handle((reply, failure) -> failure)
			.get(5, TimeUnit.SECONDS)).isNotNull();
		plain.stop(Duration.ZERO);
		Await.until("it was noticed", () -> this.server.counters().get(Counter.TLS_FAILED) > 0);
		assertThat(this.server.peers()).hasSize(1);
	}

}
