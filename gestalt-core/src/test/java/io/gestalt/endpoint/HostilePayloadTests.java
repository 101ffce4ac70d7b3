package io.gestalt.endpoint;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.harness.Await;
import io.gestalt.harness.Fork;
import io.gestalt.harness.GoodPeer;
import io.gestalt.harness.Poison;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Frames in good order whose payloads are not: bombs, too deep, too short, too long. */
@Timeout(60)
class HostilePayloadTests {

	private static List<Poison> all;

	private final TestBed bed = new TestBed();

	@BeforeAll
	static void brew() {
		all = Poison.all();
	}

	static List<Poison> poison() {
		return all;
	}

	@AfterEach
	void close() {
		this.bed.close();
	}

	@ParameterizedTest
	@MethodSource("poison")
	void costsAStreamItsConnectionOnly(Poison poison) throws Exception {
		TcpServerEndpoint server = this.bed.server(PayloadFlood.settings(poison));
		TcpClientEndpoint client = this.bed.client(PayloadFlood.settings(poison), server.port());
		try (GoodPeer good = new GoodPeer((question) -> client.request(question, String.class))) {
			for (int i = 1; i <= 3; i++) {
				try (RawPeer bad = RawPeer.connect(server.port())) {
					byte[] reply = poison.frame("re hello");
					assertThat(bad.send(poison.frame("hello")).receive(reply.length)).isEqualTo(reply);
					assertThat(bad.send(poison.frame()).awaitEnd()).isZero();
				}
				Await.untilEquals((long) i, () -> server.counters().get(Counter.UNDECODABLE));
			}
			assertThat(good.verify()).isPositive();
		}
		assertThat(server.counters().get(Counter.MALFORMED)).isZero();
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isZero();
		Await.until("all is counted", () -> HostileTcpPeerTests.conserved(server));
	}

	@ParameterizedTest
	@MethodSource("poison")
	void costsADatagramItself(Poison poison) throws Exception {
		UdpEndpoint server = this.bed.datagrams(PayloadFlood.settings(poison), UdpTargets.none());
		try (DatagramSocket friend = new DatagramSocket(TestBed.loopback(0));
				DatagramSocket bad = new DatagramSocket(TestBed.loopback(0));
				GoodPeer good = new GoodPeer((question) -> PayloadFlood.ask(friend, server.port(), poison, question))) {
			for (int i = 1; i <= 3; i++) {
				send(bad, poison.frame(), server.port());
				Await.untilEquals((long) i, () -> server.counters().get(Counter.UNDECODABLE));
			}
			assertThat(PayloadFlood.ask(bad, server.port(), poison, "hello").get()).isEqualTo("re hello");
			assertThat(good.verify()).isPositive();
		}
		assertThat(server.counters().get(Counter.MALFORMED)).isZero();
		Await.until("all is counted", () -> HostileTcpPeerTests.conserved(server));
	}

	private static void send(DatagramSocket from, byte[] datagram, int port) throws IOException {
		from.send(new DatagramPacket(datagram, datagram.length, TestBed.loopback(port)));
	}

	@Test
	@Timeout(150)
	void takesNoMoreMemoryHoweverOftenItComes() throws Exception {
		Path directory = Files.createTempDirectory(Path.of("target"), "poison");
		for (Poison poison : all) {
			poison.save(directory, all.indexOf(poison));
		}
		Fork fork = Fork.run(List.of("-Xmx64m", "-XX:MaxDirectMemorySize=32m"), PayloadFlood.class,
				directory.toString(), "40");
		assertThat(fork.output()).doesNotContain("OutOfMemory");
		assertThat(fork.exitCode()).as(fork.output()).isZero();
		assertThat(fork.output()).contains("ALL " + all.size());
		Matcher resident = Pattern.compile("RESIDENT (\\d+)").matcher(fork.output());
		assertThat(resident.find()).isTrue();
		assertThat(Long.parseLong(resident.group(1))).as(fork.output()).isLessThan(500_000);
	}

}
