package io.gestalt.endpoint;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class HeldReplyTests {

	private static final Framing FRAMES = Framing.LENGTH_PREFIXED;

	private final TestBed bed = new TestBed();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.bed.close();
	}

	@Test
	void aReplyDoesNotWaitForTheHandlerOfTheNextMessage() throws Exception {
		TcpServerEndpoint server = this.bed
			.server(TestBed.text(FRAMES.codec(1000), Listener.of(String.class, (payload, context) -> {
				if (payload.equals("slow")) {
					assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
				}
				return payload;
			})));
		try (RawPeer peer = RawPeer.connect(server.port())) {
			for (int round = 0; round < 20; round++) {
				ByteArrayOutputStream several = new ByteArrayOutputStream();
				for (int i = 0; i < 5; i++) {
					several.writeBytes(FRAMES.frame("quick"));
				}
				peer.send(several.toByteArray());
				peer.receive(several.size());
			}
			ByteArrayOutputStream last = new ByteArrayOutputStream();
			last.writeBytes(FRAMES.frame("quick"));
			for (int i = 0; i < 4; i++) {
				last.writeBytes(FRAMES.frame("slow"));
			}
			peer.send(last.toByteArray());
			assertThat(peer.receive(FRAMES.frame("quick").length)).isEqualTo(FRAMES.frame("quick"));
			Await.untilEquals(101L, () -> server.counters().get(Counter.HANDLED));
			this.gate.countDown();
			assertThat(peer.receive(FRAMES.frame("slow").length)).isEqualTo(FRAMES.frame("slow"));
		}
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void noReplyFollowsOneThatIsMissing(Execution execution) throws Exception {
		TcpServerEndpoint server = this.bed
			.server(TestBed.text(FRAMES.codec(1000), Listener.builder().other(String.class, (payload, context) -> {
				if (payload.equals("bad")) {
					throw new IllegalStateException("as it should");
				}
				return payload;
			}).execution(execution).build()));
		for (int round = 0; round < 100; round++) {
			try (RawPeer peer = RawPeer.connect(server.port())) {
				ByteArrayOutputStream several = new ByteArrayOutputStream();
				several.writeBytes(FRAMES.frame("bad"));
				for (int i = 0; i < 10; i++) {
					several.writeBytes(FRAMES.frame("good"));
				}
				peer.send(several.toByteArray());
				assertThat(peer.awaitEnd()).isZero();
			}
		}
		Await.until("all is counted", () -> StopTests.sentOrDropped(server));
	}

	@Test
	void anErrorInAReplyFailsItsRequest() {
		TcpServerEndpoint server = this.bed.server(TestBed.text(FRAMES.codec(1000), TestBed.echo().build()));
		TcpClientEndpoint client = this.bed.client(TestBed.text(FRAMES.codec(1000), null), server.port());
		assertThat(client.request("x", Broken.class)).failsWithin(Duration.ofSeconds(10));
	}

	/** A class that cannot be used. */
	static final class Broken {

		static {
			fail();
		}

		private static void fail() {
			throw new IllegalStateException("as it should");
		}

	}

}
