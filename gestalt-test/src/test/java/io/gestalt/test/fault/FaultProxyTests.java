package io.gestalt.test.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

}
