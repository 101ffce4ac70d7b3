package io.gestalt.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.GoodPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.tcp.TcpOptions;
import io.netty.channel.ChannelOption;
import io.netty.util.internal.PlatformDependent;

/**
 * Many peers that never read, in a process of its own: the server sends them {@code send
 * <on-full>} more than there is memory for, or {@code reply} answers their requests.
 */
final class StalledReaders {

	private static final int PEERS = 300;

	private static final int ROUNDS = 40;

	private static final int SMALL = 8192;

	private final TestBed bed = new TestBed();

	private final List<Socket> stalled = new ArrayList<>();

	private final TcpServerEndpoint server;

	private final AtomicInteger answered = new AtomicInteger();

	private long peak;

	private StalledReaders(OnFull onFull) {
		String reply = "x".repeat(16_000);
		Listener listener = Listener.of(String.class, (payload, context) -> {
			if (payload.startsWith("good")) {
				return "re " + payload;
			}
			this.answered.incrementAndGet();
			return reply;
		});
		this.server = this.bed.server(
				TestBed.text(Framing.LENGTH_PREFIXED.codec(100_000), listener)
					.queue(new QueueLimits(10_000, 64_000_000, onFull, Duration.ofMillis(1))),
				TcpOptions.DEFAULT.customizers((tcp) -> tcp.childOption(ChannelOption.SO_SNDBUF, SMALL),
						UnaryOperator.identity(), (pipeline) -> {
						}));
	}

	public static void main(String[] args) throws Exception {
		boolean send = args[0].equals("send");
		new StalledReaders(send ? OnFull.valueOf(args[1]) : OnFull.BLOCK).run(send);
		System.exit(0);
	}

	private void run(boolean send) throws Exception {
		TcpClientEndpoint client = this.bed.client(TestBed.text(Framing.LENGTH_PREFIXED.codec(100_000), null),
				this.server.port());
		Peer goodPeer = this.server.whenConnected().get(5, TimeUnit.SECONDS);
		try (GoodPeer good = new GoodPeer((question) -> client.request(question, String.class))) {
			connect();
			if (send) {
				sendInVain(goodPeer);
			}
			else {
				ask();
			}
			System.out.println(this.server.counters());
			System.out.println("GOOD " + good.verify());
		}
		for (Socket socket : this.stalled) {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		Await.untilEquals((long) PEERS, () -> this.server.counters().get(Counter.DISCONNECTED));
		Await.until("all is accounted for", () -> StopTests.sentOrDropped(this.server));
		System.out.println("PEAK " + this.peak);
	}

	private void connect() throws IOException {
		for (int i = 0; i < PEERS; i++) {
			Socket socket = new Socket();
			socket.setReceiveBufferSize(SMALL);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.port()), 5000);
			this.stalled.add(socket);
		}
		Await.until("all are there", () -> this.server.peers().size() == PEERS + 1);
	}

	private void sendInVain(Peer good) {
		String message = "x".repeat(16_000);
		List<Peer> bad = this.server.peers().stream().filter((peer) -> peer != good).toList();
		for (int i = 0; i < ROUNDS; i++) {
			for (Peer peer : bad) {
				try {
					peer.send(message);
				}
				catch (SendException ex) {
					// counted where it was refused
				}
			}
			samplePeak();
		}
	}

	private void ask() throws IOException {
		byte[] question = Framing.LENGTH_PREFIXED.frame("n");
		for (int i = 0; i < ROUNDS; i++) {
			for (Socket socket : this.stalled) {
				socket.getOutputStream().write(question);
			}
			samplePeak();
		}
		long[] last = { -1, 0 };
		Await.until("no more is handled for them", () -> {
			samplePeak();
			if (last[0] != this.answered.get()) {
				last[0] = this.answered.get();
				last[1] = System.nanoTime();
			}
			return last[0] >= PEERS && System.nanoTime() - last[1] > 300_000_000;
		});
	}

	private void samplePeak() {
		this.peak = Math.max(this.peak, PlatformDependent.usedDirectMemory());
	}

}
