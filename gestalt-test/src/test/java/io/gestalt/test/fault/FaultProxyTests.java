package io.gestalt.test.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class FaultProxyTests {

	private ServerSocket echo;

	private FaultProxy proxy;

	@BeforeEach
	void open() throws IOException {
		this.echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread server = new Thread(this::serve, "echo");
		server.setDaemon(true);
		server.start();
		this.proxy = new FaultProxy("127.0.0.1", this.echo.getLocalPort());
	}

	private void serve() {
		while (!this.echo.isClosed()) {
			try {
				Socket peer = this.echo.accept();
				Thread thread = new Thread(() -> {
					try (peer) {
						peer.getInputStream().transferTo(peer.getOutputStream());
					}
					catch (IOException ex) {
						// it is over
					}
				}, "echo-peer");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				// it is over
			}
		}
	}

	@AfterEach
	void close() throws IOException {
		this.proxy.close();
		this.echo.close();
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket(this.proxy.host(), this.proxy.port());
		socket.setSoTimeout(5000);
		return socket;
	}

	private static String exchange(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		return new String(socket.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
	}

	@Test
	void passesEverythingWhileThereIsNoFault() throws IOException {
		try (Socket socket = connect()) {
			assertThat(exchange(socket, "hello")).isEqualTo("hello");
			socket.shutdownOutput();
			assertThat(socket.getInputStream().read()).isNegative();
		}
		assertThat(this.proxy.accepted()).isEqualTo(1);
		assertThat(this.proxy.bytes()).isEqualTo(10);
	}

	@Test
	void delaysAndThrottles() throws IOException {
		try (Socket socket = connect()) {
			exchange(socket, "warm");
			this.proxy.latency(Duration.ofMillis(50));
			assertThat(elapsed(socket, "hello")).isGreaterThan(Duration.ofMillis(100));
			this.proxy.heal().throttle(1000);
			assertThat(elapsed(socket, "x".repeat(100))).isGreaterThan(Duration.ofMillis(200));
		}
	}

	@Test
	void whatIsLateStillComesInManyPiecesAtOnce() throws IOException {
		try (Socket socket = connect()) {
			exchange(socket, "warm");
			this.proxy.latency(Duration.ofMillis(100));
			byte[] much = new byte[2_000_000];
			FaultProxy.start("writer", () -> write(socket, much));
			long start = System.nanoTime();
			assertThat(socket.getInputStream().readNBytes(much.length)).hasSize(much.length);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(150),
					Duration.ofSeconds(3));
		}
	}

	private static void write(Socket socket, byte[] bytes) {
		try {
			socket.getOutputStream().write(bytes);
		}
		catch (IOException ex) {
			// whoever reads misses it
		}
	}

	@Test
	void healsWhatIsUnderWay() throws IOException {
		try (Socket socket = connect()) {
			exchange(socket, "warm");
			this.proxy.latency(Duration.ofMinutes(5));
			assertSilent(socket, "late");
			this.proxy.heal();
			assertThat(socket.getInputStream().readNBytes(4)).asString(StandardCharsets.US_ASCII).isEqualTo("late");
			this.proxy.throttle(1);
			assertSilent(socket, "x".repeat(300));
			this.proxy.heal();
			assertThat(socket.getInputStream().readNBytes(300)).hasSize(300);
		}
	}

	private static void assertSilent(Socket socket, String text) throws IOException {
		socket.setSoTimeout(200);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> exchange(socket, text));
		socket.setSoTimeout(5000);
	}

	private static Duration elapsed(Socket socket, String text) throws IOException {
		long start = System.nanoTime();
		assertThat(exchange(socket, text)).isEqualTo(text);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void corruptsWhatPasses() throws IOException {
		try (Socket socket = connect()) {
			this.proxy.corrupt(3);
			assertThat(exchange(socket, "x".repeat(1000))).isNotEqualTo("x".repeat(1000)).hasSize(1000);
		}
	}

	@Test
	void aHalfOpenConnectionIsSilentAndComesBack() throws IOException {
		try (Socket socket = connect()) {
			assertThat(exchange(socket, "hello")).isEqualTo("hello");
			this.proxy.halfOpen(true);
			socket.setSoTimeout(200);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> exchange(socket, "lost"));
			this.proxy.heal();
			socket.setSoTimeout(5000);
			assertThat(exchange(socket, "found")).isEqualTo("found");
		}
	}

	@Test
	void neitherEndOfAHalfOpenConnectionLearnsThatTheOtherHasGone() throws Exception {
		try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				FaultProxy between = new FaultProxy("127.0.0.1", listening.getLocalPort())) {
			Socket client = new Socket(between.host(), between.port());
			try (Socket server = listening.accept()) {
				between.halfOpen(true);
				client.close();
				server.setSoTimeout(200);
				assertThatExceptionOfType(SocketTimeoutException.class)
					.isThrownBy(() -> server.getInputStream().read());
				between.heal();
				server.setSoTimeout(5000);
				assertThat(server.getInputStream().read()).isNegative();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void endsWhatIsStillConnecting(boolean closing) throws IOException {
		try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Crowd crowd = Crowd.before(busy);
				FaultProxy between = new FaultProxy("127.0.0.1", busy.getLocalPort());
				Socket socket = new Socket(between.host(), between.port())) {
			long limit = System.nanoTime() + Duration.ofSeconds(5).toNanos();
			while (between.connections() == 0 && System.nanoTime() < limit) {
				Thread.onSpinWait();
			}
			if (closing) {
				between.close();
			}
			else {
				between.cut();
			}
			socket.setSoTimeout(2000);
			assertThat(socket.getInputStream().read()).isNegative();
		}
	}

	@Test
	void cutsConnections() throws IOException {
		try (Socket socket = connect()) {
			exchange(socket, "hello");
			this.proxy.cut();
			assertThat(socket.getInputStream().read()).isNegative();
			assertThat(this.proxy.connections()).isZero();
		}
	}

	@Test
	void resetsConnections() throws IOException {
		try (Socket socket = connect()) {
			exchange(socket, "hello");
			this.proxy.reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
		}
	}

	@Test
	void refusesNewConnections() throws IOException {
		this.proxy.refuse(true);
		try (Socket socket = connect()) {
			assertThat(socket.getInputStream().read()).isNegative();
		}
		this.proxy.heal();
		try (Socket socket = connect()) {
			assertThat(exchange(socket, "hello")).isEqualTo("hello");
		}
	}

	/**
	 * So many who wait to be accepted that nobody else gets in.
	 *
	 * @param sockets those who wait
	 */
	private record Crowd(List<Socket> sockets) implements AutoCloseable {

		static Crowd before(ServerSocket busy) throws IOException {
			Crowd crowd = new Crowd(new ArrayList<>());
			boolean room = true;
			while (room) {
				Socket socket = new Socket();
				crowd.sockets.add(socket);
				try {
					socket.connect(busy.getLocalSocketAddress(), 300);
				}
				catch (SocketTimeoutException ex) {
					room = false;
				}
			}
			return crowd;
		}

		@Override
		public void close() throws IOException {
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

}
