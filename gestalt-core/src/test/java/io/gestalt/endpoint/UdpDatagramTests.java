package io.gestalt.endpoint;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.frame.LineFrameCodec;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.TEXT;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class UdpDatagramTests {

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void readsSeveralLinesFromOneDatagram() throws Exception {
		List<String> lines = Collections.synchronizedList(new ArrayList<>());
		UdpEndpoint server = this.endpoints.udpServer(new EndpointSettings("server", new LineFrameCodec(82), TEXT,
				Listener.of(String.class, (payload, context) -> lines.add(payload) ? null : "")));
		try (DatagramSocket socket = new DatagramSocket()) {
			send(socket, server.port(), "$GPGGA,1\r\n$GPRMC,2\n$GPGSV,3".getBytes(StandardCharsets.US_ASCII));
			await("three lines", () -> lines.size() == 3);
			assertThat(lines).containsExactly("$GPGGA,1", "$GPRMC,2", "$GPGSV,3");
			send(socket, server.port(), ("$OK\n" + "x".repeat(83) + "\n").getBytes(StandardCharsets.US_ASCII));
			await("the malformed line", () -> server.counters().get(Counter.MALFORMED) == 1);
			await("the good line before it", () -> lines.contains("$OK"));
		}
		assertThat(server.counters().get(Counter.RECEIVED)).isEqualTo(4);
	}

	@Test
	void countsWhatIsMalformedAndGoesOn() throws Exception {
		UdpEndpoint server = this.endpoints.udpServer(settings("server", ECHO));
		try (DatagramSocket socket = new DatagramSocket()) {
			send(socket, server.port(), new byte[] { 0, 0, 0, 9, 'x' });
			send(socket, server.port(), new byte[] { 0, 0 });
			send(socket, server.port(), new byte[] { 127, 0, 0, 0, 'x' });
			send(socket, server.port(), new byte[] { 0, 0, 0, 1, 'x', 'y' });
			await("four malformed", () -> server.counters().get(Counter.MALFORMED) == 4);
			send(socket, server.port(), frame("fine"));
			socket.setSoTimeout(5000);
			DatagramPacket answer = new DatagramPacket(new byte[100], 100);
			socket.receive(answer);
			assertThat(answer.getLength()).isEqualTo(8);
		}
		assertThat(server.counters().get(Counter.RECEIVED)).isEqualTo(1);
	}

	@Test
	void aStopAwaitsTheHandlersOfForgottenPeers() throws Exception {
		CompletableFuture<String> reply = new CompletableFuture<>();
		UdpEndpoint server = this.endpoints.udp(
				settings("server",
						Listener.of(String.class, (payload, context) -> payload.equals("slow") ? reply : payload)),
				TestEndpoints.udpOptions(), UdpTargets.none(1));
		try (DatagramSocket slow = new DatagramSocket(); DatagramSocket next = new DatagramSocket()) {
			send(slow, server.port(), frame("slow"));
			await("the first message", () -> server.counters().get(Counter.RECEIVED) == 1);
			send(next, server.port(), frame("next"));
			await("the second message", () -> server.counters().get(Counter.HANDLED) == 1);
			assertThat(server.whenConnected().get(5, TimeUnit.SECONDS).address())
				.isEqualTo(TestEndpoints.loopback(next.getLocalPort()));
			CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(() -> reply.complete("done"));
			StopReport report = server.stop(TestEndpoints.GRACE);
			assertThat(report.handled()).isEqualTo(1);
			assertThat(report.abandoned()).isZero();
			slow.setSoTimeout(5000);
			DatagramPacket answer = new DatagramPacket(new byte[100], 100);
			slow.receive(answer);
			assertThat(answer.getLength()).isEqualTo(8);
		}
	}

	@Test
	void anUnknownTargetIsNamed() {
		UdpEndpoint client = this.endpoints.add(new UdpEndpoint(settings("client", null), TestEndpoints.udpOptions(),
				UdpTargets.of(List.of(InetSocketAddress.createUnresolved("no-such-host.invalid", 7000))),
				this.endpoints.resources()));
		assertThatExceptionOfType(EndpointException.class).isThrownBy(client::start)
			.withMessage("Endpoint 'client' cannot open its socket: Host 'no-such-host.invalid' is unknown");
	}

	static byte[] frame(String text) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		byte[] frame = new byte[4 + payload.length];
		frame[3] = (byte) payload.length;
		System.arraycopy(payload, 0, frame, 4, payload.length);
		return frame;
	}

	static void send(DatagramSocket socket, int port, byte[] bytes) throws IOException {
		socket.send(new DatagramPacket(bytes, bytes.length, TestEndpoints.loopback(port)));
	}

}
