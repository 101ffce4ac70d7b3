package io.gestalt.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.serializer.BytesSerializer;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.FrameCodec;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.netty.util.internal.PlatformDependent;

/**
 * Far more data than memory, in a process of its own: {@code out <on-full> <message size>
 * <messages>} to a peer that never reads, or {@code in <message size> <messages>} to a
 * handler that starts late.
 */
final class Flood {

	private static final int SENDERS = 4;

	private final AtomicLong peak = new AtomicLong();

	private final TestBed bed = new TestBed();

	private Flood() {
	}

	public static void main(String[] args) throws Exception {
		Flood flood = new Flood();
		if (args[0].equals("out")) {
			flood.toStalledReader(OnFull.valueOf(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
		}
		else {
			flood.toLateHandler(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
		}
		System.out.println("PEAK " + flood.peak);
		System.exit(0);
	}

	private static EndpointSettings settings(Listener listener) {
		FrameCodec frames = Framing.LENGTH_PREFIXED.codec(1_000_000);
		return new EndpointSettings("flood", frames,
				new PayloadCodec(new BytesSerializer(), null, MessageTypes.none(), 1_000_000), listener);
	}

	private void toStalledReader(OnFull onFull, int size, int messages) throws Exception {
		TcpServerEndpoint server = this.bed
			.server(settings(null).queue(new QueueLimits(10_000, 64_000_000, onFull, Duration.ofNanos(100_000))));
		Socket stalled = new Socket("127.0.0.1", server.port());
		Peer peer = server.whenConnected().get(5, TimeUnit.SECONDS);
		CountDownLatch done = new CountDownLatch(SENDERS);
		byte[] message = new byte[size];
		for (int i = 0; i < SENDERS; i++) {
			new Thread(() -> {
				for (int sent = 0; sent < messages / SENDERS; sent++) {
					send(peer, message);
				}
				done.countDown();
			}).start();
		}
		done.await();
		stalled.setSoLinger(true, 0);
		stalled.close();
		Await.untilEquals(1L, () -> server.counters().get(Counter.DISCONNECTED));
		System.out.println(server.counters());
		Await.until("all is accounted for", () -> StopTests.sentOrDropped(server));
		System.out.println("OFFERED " + server.counters().get(Counter.OFFERED));
	}

	private void send(Peer peer, byte[] message) {
		try {
			peer.send(message);
		}
		catch (SendException ex) {
			// counted where it was refused
		}
		samplePeak();
	}

	private void samplePeak() {
		this.peak.accumulateAndGet(PlatformDependent.usedDirectMemory(), Math::max);
	}

	private void toLateHandler(int size, int messages) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		AtomicInteger next = new AtomicInteger();
		TcpServerEndpoint server = this.bed
			.server(settings(Listener.builder().other(byte[].class, (payload, context) -> {
				start.await();
				byte[] bytes = (byte[]) payload;
				int number = (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff);
				if (number != next.getAndIncrement()) {
					throw new IllegalStateException("Message %d is out of order".formatted(number));
				}
				samplePeak();
				return null;
			}).replies(false).build()).queue(new QueueLimits(10_000, 32_000_000, OnFull.BLOCK, Duration.ofSeconds(5))));
		AtomicInteger written = new AtomicInteger();
		Thread sender = new Thread(() -> send(server.port(), size, messages, written));
		sender.start();
		long[] last = { -1, 0 };
		Await.until("the server stops reading", () -> {
			if (last[0] != written.get()) {
				last[0] = written.get();
				last[1] = System.nanoTime();
			}
			return last[0] > 0 && System.nanoTime() - last[1] > 500_000_000;
		});
		System.out.println("STOPPED AFTER " + (long) written.get() * size);
		start.countDown();
		sender.join();
		Await.untilEquals((long) messages, () -> server.counters().get(Counter.HANDLED));
		System.out.println(server.counters());
	}

	private static void send(int port, int size, int messages, AtomicInteger written) {
		byte[] frame = new byte[4 + size];
		frame[2] = (byte) (size >> 8);
		frame[3] = (byte) size;
		try (RawPeer peer = RawPeer.connect(port)) {
			for (int i = 0; i < messages; i++) {
				frame[4] = (byte) (i >> 16);
				frame[5] = (byte) (i >> 8);
				frame[6] = (byte) i;
				peer.send(frame);
				written.incrementAndGet();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
