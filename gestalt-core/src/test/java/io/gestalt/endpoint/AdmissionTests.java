package io.gestalt.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import io.gestalt.transport.tcp.Admission;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(30)
class AdmissionTests {

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void oneAddressDoesNotTakeAllPlaces() throws Exception {
		TcpServerEndpoint server = server(new Admission(10, 2, 0, (principal) -> true));
		try (Socket first = connect(server, "127.0.0.1"); Socket second = connect(server, "127.0.0.1")) {
			await("two peers", () -> server.peers().size() == 2);
			try (Socket surplus = connect(server, "127.0.0.1")) {
				assertEnd(surplus);
			}
			assertThat(server.counters().get(Counter.CONNECTIONS_REFUSED)).isEqualTo(1);
			try (Socket other = connect(server, "127.0.0.2")) {
				await("a peer of another address", () -> server.peers().size() == 3);
				assertThat(other.isConnected()).isTrue();
			}
			first.close();
			assertThat(second.isConnected()).isTrue();
			await("a free place", () -> server.peers().size() == 1);
			try (Socket again = connect(server, "127.0.0.1")) {
				await("its place taken", () -> server.peers().size() == 2);
				assertThat(again.isConnected()).isTrue();
			}
		}
	}

	@Test
	void closesTheConnectionOfAPeerThatNoRuleAllows() throws Exception {
		TcpServerEndpoint server = server(new Admission(10, 10, 0, (principal) -> principal != null));
		try (Socket stranger = connect(server, "127.0.0.1")) {
			assertEnd(stranger);
		}
		await("it was counted", () -> server.counters().get(Counter.FORBIDDEN) == 1);
		assertThat(server.counters().get(Counter.CONNECTED)).isZero();
		assertThat(server.peers()).isEmpty();
	}

	@Test
	void readsNoFasterThanAllowedAndDropsNothing() throws Exception {
		AtomicInteger received = new AtomicInteger();
		TcpServerEndpoint server = this.endpoints
			.server(settings("server", Listener.of(String.class, (payload, context) -> {
				received.incrementAndGet();
				return null;
			})), TcpOptions.DEFAULT.admission(new Admission(10, 10, 100, (principal) -> true)));
		TcpClientEndpoint client = this.endpoints.client(server.port());
		long start = System.nanoTime();
		for (int i = 0; i < 250; i++) {
			client.send("n" + i);
		}
		await("all of them", () -> received.get() == 250);
		assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1300));
		assertThat(server.counters().get(Counter.THROTTLED)).isPositive();
		assertThat(server.counters().get(Counter.RECEIVED)).isEqualTo(250);
	}

	@Test
	void onePeerThatSendsTooMuchDoesNotSlowAnother() throws Exception {
		TcpServerEndpoint server = server(new Admission(10, 10, 50, (principal) -> true));
		TcpClientEndpoint loud = this.endpoints.client(server.port());
		TcpClientEndpoint calm = this.endpoints.client(server.port());
		for (int i = 0; i < 500; i++) {
			loud.sendAsync("n" + i);
		}
		await("the loud one waits", () -> server.counters().get(Counter.THROTTLED) > 0);
		assertThat(calm.request("in", String.class)).succeedsWithin(GRACE).isEqualTo("in");
		assertThat(server.counters().get(Counter.RECEIVED)).isLessThan(400);
	}

	@Test
	void refusesLimitsThatLetNobodyIn() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Admission(0, 1, 0, (principal) -> true))
			.withMessage("Max connections must be at least 1, was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new Admission(1, 0, 0, (principal) -> true))
			.withMessage("Max connections per address must be at least 1, was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new Admission(1, 1, -1, (principal) -> true))
			.withMessage("Max message rate must not be negative, was -1");
	}

	private TcpServerEndpoint server(Admission admission) {
		return this.endpoints.server(settings("server", ECHO), TcpOptions.DEFAULT.admission(admission));
	}

	private static Socket connect(TcpServerEndpoint server, String from) throws IOException {
		Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port(), InetAddress.getByName(from), 0);
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static void assertEnd(Socket socket) throws IOException {
		try {
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

}
