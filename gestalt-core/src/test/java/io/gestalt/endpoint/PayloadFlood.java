package io.gestalt.endpoint;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.GoodPeer;
import io.gestalt.harness.Poison;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;

/**
 * Poisoned payloads, each many times and by many peers, in a process of its own with
 * little memory: {@code <directory> <times>}.
 */
final class PayloadFlood {

	private PayloadFlood() {
	}

	public static void main(String[] args) throws Exception {
		List<Path> files;
		try (Stream<Path> list = Files.list(Path.of(args[0]))) {
			files = list.sorted().toList();
		}
		for (Path file : files) {
			Poison poison = Poison.load(file);
			System.out.println(resident() + " KiB before " + poison);
			try (TestBed bed = new TestBed()) {
				flood(bed, poison, Integer.parseInt(args[1]));
			}
		}
		System.out.println("RESIDENT " + resident());
		System.out.println("ALL " + files.size());
		System.exit(0);
	}

	/** The most memory that this process has had, in KiB; 0 where nobody tells. */
	private static long resident() throws IOException {
		Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) {
			return 0;
		}
		String line = Files.readAllLines(status)
			.stream()
			.filter((candidate) -> candidate.startsWith("VmHWM"))
			.findFirst()
			.orElseThrow();
		return Long.parseLong(line.replaceAll("\\D", ""));
	}

	private static void flood(TestBed bed, Poison poison, int times) throws Exception {
		TcpServerEndpoint stream = bed.server(settings(poison));
		UdpEndpoint datagrams = bed.datagrams(settings(poison), UdpTargets.none());
		TcpClientEndpoint client = bed.client(settings(poison), stream.port());
		try (GoodPeer good = new GoodPeer((question) -> client.request(question, String.class));
				DatagramSocket socket = new DatagramSocket(TestBed.loopback(0))) {
			byte[] frame = poison.frame();
			RawPeer[] bad = new RawPeer[times];
			for (int i = 0; i < times; i++) {
				bad[i] = RawPeer.connect(stream.port());
				bad[i].send(frame);
			}
			for (int i = 0; i < times; i++) {
				bad[i].awaitEnd();
				bad[i].close();
				socket.send(new DatagramPacket(frame, frame.length, TestBed.loopback(datagrams.port())));
				long sent = i + 1L;
				Await.untilEquals(sent, () -> datagrams.counters().get(Counter.UNDECODABLE));
			}
			Await.untilEquals((long) times, () -> stream.counters().get(Counter.UNDECODABLE));
		}
	}

	/** An endpoint that answers {@code x} with {@code re x}. */
	static EndpointSettings settings(Poison poison) {
		Listener listener = Listener.builder().other(poison.target(), (payload, context) -> "re " + payload).build();
		return new EndpointSettings("test", Framing.LENGTH_PREFIXED.codec(Poison.LIMIT), poison.codec(), listener);
	}

	/** Asks by datagram, and again if the network has lost the question or the answer. */
	static CompletableFuture<String> ask(DatagramSocket from, int port, Poison poison, String question) {
		byte[] frame = poison.frame(question);
		byte[] expected = poison.frame("re " + question);
		DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
		for (int attempt = 0; attempt < 5; attempt++) {
			try {
				from.setSoTimeout(1000);
				from.send(new DatagramPacket(frame, frame.length, TestBed.loopback(port)));
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
