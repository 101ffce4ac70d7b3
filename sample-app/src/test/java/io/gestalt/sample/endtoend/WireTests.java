package io.gestalt.sample.endtoend;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.client.GestaltClientFactory;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.sample.SampleApplication;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.fleet.WhereIs;
import io.gestalt.sample.fleet.Whereabouts;
import io.gestalt.sample.report.PositionReport;
import io.gestalt.sample.simulator.SimulatedFleet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** Talks to the running tracker through real sockets. */
@Timeout(60)
@SpringBootTest(classes = SampleApplication.class, properties = "sample.simulator.enabled=false")
class WireTests {

	private static final FreePorts PORTS = FreePorts.find();

	private static final String RMC = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n";

	private static final String DAMAGED = RMC.replace("022.4", "122.4");

	private static final String REFUSAL = "$PGFLT,ERR,CHECKSUM,Checksum of 'GPRMC' is '6A': expected '6B'*";

	@Autowired
	private Fleet fleet;

	@DynamicPropertySource
	static void ports(DynamicPropertyRegistry registry) {
		PORTS.addTo(registry);
	}

	@Test
	void nobodySimulatesWhereThatIsSwitchedOff(@Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(SimulatedFleet.class)).isEmpty();
		assertThat(context.getBean("simulated-sentences", Endpoint.class).running()).isFalse();
	}

	@Test
	void takesTheSentencesOfAConnection() throws IOException {
		try (RawPeer peer = new RawPeer(PORTS.sentences())) {
			peer.send(identify("tcp-1") + RMC);
			assertThat(awaitPosition("tcp-1").latitude()).isCloseTo(48.1173, within(0.0001));
		}
	}

	@Test
	void answersABadSentenceAndReadsOn() throws IOException {
		try (RawPeer peer = new RawPeer(PORTS.sentences())) {
			peer.send(identify("tcp-2") + DAMAGED);
			assertThat(peer.line()).startsWith(REFUSAL);
			peer.send(RMC);
			assertThat(awaitPosition("tcp-2").courseDegrees()).isEqualTo(84.4);
		}
	}

	@Test
	void answersAPeerThatHasSaidAllItHasToSay() throws IOException {
		try (RawPeer peer = new RawPeer(PORTS.sentences())) {
			peer.send(DAMAGED);
			peer.halfClose();
			assertThat(peer.rest()).startsWith(REFUSAL).hasLineCount(1);
		}
	}

	@Test
	void badSentencesHurtNobodyElse() throws IOException {
		try (RawPeer damaged = new RawPeer(PORTS.sentences());
				RawPeer endless = new RawPeer(PORTS.sentences());
				RawPeer good = new RawPeer(PORTS.sentences())) {
			good.send(identify("tcp-3"));
			damaged.send(DAMAGED.repeat(200));
			endless.send("x".repeat(5000));
			assertThat(damaged.line()).startsWith(REFUSAL);
			assertThat(endless.isClosedByTheOther()).isTrue();
			good.send(RMC);
			assertThat(awaitPosition("tcp-3")).isNotNull();
		}
	}

	@Test
	void takesTheSentencesOfADatagram() throws IOException {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.setSoTimeout(10_000);
			send(socket, PORTS.datagrams(), (identify("udp-1") + DAMAGED + RMC).getBytes(StandardCharsets.US_ASCII));
			assertThat(awaitPosition("udp-1").metersPerSecond()).isCloseTo(11.52, within(0.01));
			DatagramPacket answer = new DatagramPacket(new byte[500], 500);
			socket.receive(answer);
			assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII))
				.startsWith(REFUSAL);
		}
	}

	@Test
	void takesACompactReport() throws IOException {
		byte[] report = PositionReport.newBuilder()
			.setVehicle("udp-2")
			.setLatitudeE7(520_907_000)
			.setEpochSeconds(1_700_000_000)
			.build()
			.toByteArray();
		byte[] frame = ByteBuffer.allocate(8 + report.length).putInt(report.length).putInt(1).put(report).array();
		try (DatagramSocket socket = new DatagramSocket()) {
			send(socket, PORTS.reports(), new byte[] { 1, 2, 3 });
			send(socket, PORTS.reports(), frame);
		}
		assertThat(awaitPosition("udp-2").latitude()).isEqualTo(52.0907);
	}

	@Test
	void saysWhereAVehicleIs() throws IOException {
		try (RawPeer vehicle = new RawPeer(PORTS.sentences()); RawPeer peer = new RawPeer(PORTS.whereIs())) {
			vehicle.send(identify("tcp-5") + RMC);
			awaitPosition("tcp-5");
			assertThat(peer.ask("{\"vehicle\":\"tcp-5\"}")).startsWith("{\"vehicle\":\"tcp-5\",\"found\":true,")
				.contains("\"time\":\"1994-03-23T12:35:19Z\"");
			assertThat(peer.ask("{\"vehicle\":\"nobody\"}")).startsWith("{\"vehicle\":\"nobody\",\"found\":false");
		}
	}

	@Test
	void saysItToAnotherApplicationToo() throws IOException {
		try (RawPeer vehicle = new RawPeer(PORTS.sentences());
				ConfigurableApplicationContext office = new SpringApplicationBuilder(Office.class).run(
						"--spring.config.name=office",
						"--gestalt.tcp.client.tracker.target=localhost:%d".formatted(PORTS.whereIs()))) {
			vehicle.send(identify("tcp-6") + RMC);
			Position known = awaitPosition("tcp-6");
			TrackerClient tracker = office.getBean(TrackerClient.class);
			assertThat(tracker.whereIs(new WhereIs("tcp-6"))).isEqualTo(new Whereabouts("tcp-6", true, known));
			assertThat(tracker.whereIs(new WhereIs("nobody")).found()).isFalse();
		}
	}

	private Position awaitPosition(String vehicle) {
		return await().until(() -> this.fleet.lastPosition(vehicle), (position) -> position != null);
	}

	private static String identify(String vehicle) {
		String body = "PGFLT,ID," + vehicle;
		return "$%s*%02X\r\n".formatted(body, body.chars().reduce(0, (sum, letter) -> sum ^ letter));
	}

	private static void send(DatagramSocket socket, int port, byte[] bytes) throws IOException {
		socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
	}

	@GestaltClient("tracker")
	interface TrackerClient {

		Whereabouts whereIs(WhereIs question);

	}

	@EnableAutoConfiguration
	static class Office {

		/** Scanning finds clients, but not within tests. */
		@Bean
		GestaltClientFactory<TrackerClient> trackerClient() {
			return new GestaltClientFactory<>(TrackerClient.class);
		}

	}

}
