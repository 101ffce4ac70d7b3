package io.gestalt.endpoint;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections come and go by the thousand, and nothing of them stays. */
@Timeout(120)
class ConnectCloseTests {

	private static final Framing FRAMES = Framing.LENGTH_PREFIXED;

	private static final int BATCH = 100;

	private static final int BATCHES = 100;

	private static final int CLIENTS = 500;

	private final TestBed bed = new TestBed();

	@AfterEach
	void close() {
		this.bed.close();
	}

	@Test
	void of10000ConnectionsNothingStays() throws Exception {
		TcpServerEndpoint server = this.bed.server(TestBed.text(FRAMES.codec(1000), TestBed.echo().build()));
		for (int i = 0; i < 5; i++) {
			batch(server, i);
		}
		Usage before = Usage.now();
		for (int i = 0; i < BATCHES; i++) {
			batch(server, i);
		}
		assertThat(server.counters().get(Counter.CONNECTED)).isEqualTo((BATCHES + 5L) * BATCH);
		Await.until("all is counted", () -> HostileTcpPeerTests.conserved(server) && StopTests.sentOrDropped(server));
		before.assertNoMoreNow();
	}

	private void batch(TcpServerEndpoint server, int number) throws Exception {
		long expected = server.counters().get(Counter.CONNECTED) + BATCH;
		List<RawPeer> peers = new ArrayList<>();
		for (int i = 0; i < BATCH; i++) {
			RawPeer peer = RawPeer.connect(server.port());
			peers.add(peer);
			if (i % 3 == 0) {
				peer.send(FRAMES.frame("n"));
			}
			else if (i % 3 == 1) {
				peer.send(new byte[] { 0, 0, 0, 9, 'h', 'a' });
			}
		}
		Await.untilEquals(expected, () -> server.counters().get(Counter.CONNECTED));
		for (int i = 0; i < BATCH; i++) {
			if ((i + number) % 10 == 0) {
				peers.get(i).close();
			}
			else {
				peers.get(i).reset();
			}
		}
		Await.until("all are gone", () -> server.peers().isEmpty()
				&& server.counters().get(Counter.DISCONNECTED) == server.counters().get(Counter.CONNECTED));
	}

	@Test
	void of500ClientsNothingStays() throws Exception {
		TcpServerEndpoint server = this.bed.server(TestBed.text(FRAMES.codec(1000), TestBed.echo().build()));
		for (int i = 0; i < 20; i++) {
			client(server.port());
		}
		Usage before = Usage.now();
		for (int i = 0; i < CLIENTS; i++) {
			client(server.port());
		}
		Await.until("all are gone", () -> server.peers().isEmpty());
		before.assertNoMoreNow();
	}

	private void client(int port) throws Exception {
		TcpClientEndpoint client = this.bed.client(TestBed.text(FRAMES.codec(1000), null), port);
		assertThat(client.request("x", String.class).get(5, TimeUnit.SECONDS)).isEqualTo("re x");
		client.stop(Duration.ofSeconds(1));
		assertThat(client.peers()).isEmpty();
	}

	/**
	 * What the process holds.
	 *
	 * @param threads number of live threads
	 * @param files number of open file descriptors
	 * @param heap bytes in use after a collection
	 * @param direct bytes that Netty's allocator keeps
	 */
	private record Usage(int threads, long files, long heap, long direct) {

		static Usage now() throws Exception {
			System.gc();
			try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
				return new Usage(ManagementFactory.getThreadMXBean().getThreadCount(), files.count(),
						ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
						((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory());
			}
		}

		void assertNoMoreNow() throws Exception {
			Usage after = now();
			System.out.printf("before %s%nafter  %s%n", this, after);
			assertThat(after.files).isLessThanOrEqualTo(this.files + 10);
			assertThat(after.threads).isLessThanOrEqualTo(this.threads + 64);
			assertThat(after.heap).isLessThan(this.heap + 8_000_000);
			assertThat(after.direct).isLessThan(this.direct + 4_000_000);
		}

	}

}
