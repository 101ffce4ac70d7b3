package io.gestalt.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.message.Counter;
import io.gestalt.transport.udp.DatagramOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class UdpGroupTests {

	private static final String GROUP = "239.12.34.56";

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final List<String> answers = Collections.synchronizedList(new ArrayList<>());

	private final Listener recorder = Listener.of(String.class,
			(payload, context) -> this.answers.add(payload) ? null : "");

	@Test
	void everyMemberOfAGroupHearsTheSenderAndAnswers() {
		String loopback = assumeMulticast();
		int port = TestEndpoints.freePort();
		DatagramOptions member = new DatagramOptions(new InetSocketAddress("0.0.0.0", port), false, true,
				new DatagramOptions.Multicast(GROUP, loopback, 1));
		UdpEndpoint one = this.endpoints.udp(settings("one", answering("one")), member, UdpTargets.none());
		UdpEndpoint two = this.endpoints.udp(settings("two", answering("two")), member, UdpTargets.none());
		UdpEndpoint sender = this.endpoints.udp(settings("sender", this.recorder),
				new DatagramOptions(new InetSocketAddress("0.0.0.0", 0), false, false,
						new DatagramOptions.Multicast(null, loopback, 1)),
				UdpTargets.of(List.of(new InetSocketAddress(GROUP, port))));
		sender.send("hello");
		await("both answers", () -> this.answers.size() == 2);
		assertThat(this.answers).containsExactlyInAnyOrder("one hello", "two hello");
		assertThat(one.counters().get(Counter.RECEIVED)).isEqualTo(1);
		assertThat(two.counters().get(Counter.RECEIVED)).isEqualTo(1);
	}

	@Test
	void aBroadcastReachesWhoeverListens() {
		UdpEndpoint server = this.endpoints.udp(settings("server", answering("server")),
				new DatagramOptions(new InetSocketAddress("0.0.0.0", 0), false, false, null), UdpTargets.none());
		UdpEndpoint client = this.endpoints.udp(settings("client", this.recorder),
				new DatagramOptions(TestEndpoints.loopback(0), true, false, null),
				UdpTargets.of(List.of(new InetSocketAddress("127.255.255.255", server.port()))));
		client.send("hello");
		await("the answer", () -> this.answers.equals(List.of("server hello")));
	}

	@Test
	void aBroadcastThatWasNotAskedForFails() {
		UdpEndpoint client = this.endpoints.udp(settings("client", this.recorder), TestEndpoints.udpOptions(),
				UdpTargets.of(List.of(new InetSocketAddress("127.255.255.255", TestEndpoints.freePort()))));
		assertThat(client.sendAsync("hello")).failsWithin(TestEndpoints.GRACE);
		assertThat(client.counters().get(Counter.DROPPED_LOST)).isEqualTo(1);
		assertThat(client.counters().get(Counter.SENT)).isZero();
	}

	@Test
	void twoSocketsShareAPort() {
		InetSocketAddress address = TestEndpoints.loopback(TestEndpoints.freePort());
		DatagramOptions shared = new DatagramOptions(address, false, true, null);
		UdpEndpoint one = this.endpoints.udp(settings("one", ECHO), shared, UdpTargets.none());
		UdpEndpoint two = this.endpoints.udp(settings("two", ECHO), shared, UdpTargets.none());
		for (int i = 0; i < 64; i++) {
			this.endpoints.udpClient(settings("client", this.recorder), address.getPort()).send("n" + i);
		}
		await("all answers", () -> this.answers.size() == 64);
		assertThat(one.counters().get(Counter.RECEIVED)).isPositive();
		assertThat(two.counters().get(Counter.RECEIVED)).isPositive();
		UdpEndpoint third = this.endpoints.add(new UdpEndpoint(settings("third", ECHO),
				new DatagramOptions(address, false, false, null), UdpTargets.none(), this.endpoints.resources()));
		assertThatExceptionOfType(EndpointException.class).isThrownBy(third::start)
			.withMessage("Endpoint 'third' cannot bind 127.0.0.1:" + address.getPort());
	}

	@Test
	void aGroupThatIsNoneIsRefused() {
		DatagramOptions options = new DatagramOptions(new InetSocketAddress("0.0.0.0", 0), false, false,
				new DatagramOptions.Multicast("10.0.0.1", null, 1));
		UdpEndpoint endpoint = new UdpEndpoint(settings("server", ECHO), options, UdpTargets.none(),
				this.endpoints.resources());
		assertThatExceptionOfType(EndpointException.class).isThrownBy(endpoint::start)
			.havingRootCause()
			.withMessage("Address '10.0.0.1' is no multicast group");
		assertThat(endpoint.running()).isFalse();
	}

	private static Listener answering(String name) {
		return Listener.of(String.class, (payload, context) -> name + " " + payload);
	}

	/** Name of the loopback interface, if groups can be joined there. */
	private static String assumeMulticast() {
		try (MulticastSocket socket = new MulticastSocket(0)) {
			NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
			socket.joinGroup(new InetSocketAddress(GROUP, 0), loopback);
			return loopback.getName();
		}
		catch (Exception ex) {
			return Assumptions.abort("This machine allows no multicast on its loopback interface: " + ex);
		}
	}

}
