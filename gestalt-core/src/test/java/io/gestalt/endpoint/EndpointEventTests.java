package io.gestalt.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.codec.CodecException;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.frame.FrameException;
import io.gestalt.message.Counter;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.freePort;
import static io.gestalt.endpoint.TestEndpoints.loopback;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class EndpointEventTests {

	private static final byte[] HELLO = { 0, 0, 0, 2, 'h', 'i' };

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final EventLog events = new EventLog();

	@Test
	void aServerTellsItsWholeLife() throws Exception {
		TcpServerEndpoint server = server(ECHO, TcpOptions.DEFAULT);
		EndpointEvent.Started started = this.events.await(EndpointEvent.Started.class);
		assertThat(started.endpoint()).isEqualTo("server");
		assertThat(started.addresses()).containsExactly(loopback(server.port()));
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(HELLO);
			assertThat(socket.getInputStream().readNBytes(6)).isEqualTo(HELLO);
			StopReport report = server.stop(GRACE);
			EndpointEvent.PeerDisconnected gone = this.events.await(EndpointEvent.PeerDisconnected.class);
			assertThat(gone.reason()).isEqualTo(CloseReason.STOPPED);
			assertThat(gone.cause()).isNull();
			assertThat(gone.peer()).isSameAs(this.events.await(EndpointEvent.PeerConnected.class).peer());
			assertThat(this.events.await(EndpointEvent.Stopped.class).report()).isEqualTo(report);
		}
		assertThat(this.events.kinds()).containsExactly("Started", "PeerConnected", "PeerDisconnected", "Stopped");
		server.stop(GRACE);
		assertThat(this.events.all()).hasSize(4);
	}

	@Test
	void aClientTellsItsWholeLife() {
		int port = freePort();
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), port);
		EndpointEvent.ConnectFailed failed = this.events.await(EndpointEvent.ConnectFailed.class);
		assertThat(failed.target()).isEqualTo(loopback(port));
		assertThat(failed.retryIn()).isEqualTo(TestEndpoints.QUICKLY.initialInterval());
		assertThat(failed.cause()).hasMessageContaining("Connection refused");
		this.endpoints.start(new TcpServerEndpoint(settings("server", ECHO), loopback(port), TcpOptions.DEFAULT,
				this.endpoints.resources()));
		this.events.await(EndpointEvent.PeerConnected.class);
		client.stop(GRACE);
		assertThat(this.events.kinds()).filteredOn((kind) -> !kind.equals("ConnectFailed"))
			.containsExactly("Started", "PeerConnected", "PeerDisconnected", "Stopped");
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).reason()).isEqualTo(CloseReason.STOPPED);
	}

	@Test
	void aPeerThatLeavesIsPeerClosed() throws Exception {
		TcpServerEndpoint server = server(ECHO, TcpOptions.DEFAULT);
		connect(server).close();
		assertThat(reason()).isEqualTo(CloseReason.PEER_CLOSED);
		assertThat(server.peers()).isEmpty();
	}

	@Test
	void aPeerThatResetsIsFailed() throws Exception {
		TcpServerEndpoint server = server(ECHO, TcpOptions.DEFAULT);
		try (Socket socket = connect(server)) {
			this.events.await(EndpointEvent.PeerConnected.class);
			socket.setSoLinger(true, 0);
		}
		assertThat(reason()).isEqualTo(CloseReason.FAILED);
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).cause()).isInstanceOf(IOException.class);
	}

	@Test
	void aPeerThatTheApplicationClosesIsClosed() throws Exception {
		TcpServerEndpoint server = server(Listener.of(String.class, (payload, context) -> {
			context.peer().close();
			return null;
		}), TcpOptions.DEFAULT);
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(HELLO);
			assertEnd(socket);
		}
		assertThat(reason()).isEqualTo(CloseReason.CLOSED);
	}

	@Test
	void aPeerThatSendsGarbageIsMalformed() throws Exception {
		TcpServerEndpoint server = server(ECHO, TcpOptions.DEFAULT);
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(new byte[] { 127, 0, 0, 0, 'x' });
			assertEnd(socket);
		}
		assertThat(reason()).isEqualTo(CloseReason.MALFORMED);
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).cause()).isInstanceOf(FrameException.class);
		assertThat(server.counters().get(Counter.MALFORMED)).isEqualTo(1);
	}

	@Test
	void aPeerWhosePayloadIsNoTextIsUndecodable() throws Exception {
		TcpServerEndpoint server = server(Listener.of(Integer.class, (payload, context) -> payload),
				TcpOptions.DEFAULT);
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(HELLO);
			assertEnd(socket);
		}
		assertThat(reason()).isEqualTo(CloseReason.UNDECODABLE);
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).cause()).isInstanceOf(CodecException.class);
		assertThat(server.counters().get(Counter.UNDECODABLE)).isEqualTo(1);
	}

	@Test
	void aPeerWhoseMessageCouldNotBeHandledIsHandlerFailed() throws Exception {
		TcpServerEndpoint server = server(Listener.of(String.class, (payload, context) -> {
			throw new IllegalStateException("boom");
		}), TcpOptions.DEFAULT);
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(HELLO);
			assertEnd(socket);
		}
		assertThat(reason()).isEqualTo(CloseReason.HANDLER_FAILED);
		assertThat(this.events.await(EndpointEvent.PeerDisconnected.class).cause()).hasMessage("boom");
	}

	@Test
	void aFailureMayBeDroppedInstead() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(settings("server", Listener.of(String.class, (payload, c) -> {
			if (payload.equals("hi")) {
				throw new IllegalStateException("boom");
			}
			return payload;
		})).onError(OnError.DROP).observer(this.events), TcpOptions.DEFAULT);
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(HELLO);
			socket.getOutputStream().write(new byte[] { 0, 0, 0, 1, 'x' });
			assertThat(socket.getInputStream().readNBytes(5)).endsWith('x');
		}
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isEqualTo(1);
		assertThat(reason()).isEqualTo(CloseReason.PEER_CLOSED);
	}

	@Test
	void aPeerThatDoesNotAnswerInTimeIsRequestTimeout() {
		CompletableFuture<Object> never = new CompletableFuture<>();
		TcpServerEndpoint server = this.endpoints.server(Listener.of(String.class, (payload, context) -> never));
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(this.events), server.port());
		assertThat(client.request("x", String.class, Duration.ofMillis(100))).failsWithin(GRACE);
		assertThat(reason()).isEqualTo(CloseReason.REQUEST_TIMEOUT);
		this.events.awaitCount(EndpointEvent.PeerConnected.class, 2);
		never.complete("late");
	}

	@Test
	void anObserverThatThrowsHarmsNothing() throws Exception {
		EndpointObserver broken = (event) -> {
			this.events.onEvent(event);
			throw new IllegalStateException("observer is broken");
		};
		TcpServerEndpoint server = this.endpoints.server(settings("server", ECHO).observer(broken), TcpOptions.DEFAULT);
		TcpClientEndpoint client = this.endpoints.client(settings("client", null).observer(broken), server.port());
		assertThat(client.request("x", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("x");
		UdpEndpoint udp = this.endpoints.udpServer(settings("udp", ECHO).observer(broken));
		assertThat(udp.running()).isTrue();
		udp.stop(GRACE);
		client.stop(GRACE);
		server.stop(GRACE);
		await("three stops", () -> this.events.all(EndpointEvent.Stopped.class).size() == 3);
		assertThat(server.peers()).isEmpty();
	}

	private CloseReason reason() {
		return this.events.await(EndpointEvent.PeerDisconnected.class).reason();
	}

	private TcpServerEndpoint server(Listener listener, TcpOptions options) {
		return this.endpoints.server(settings("server", listener).observer(this.events), options);
	}

	private static Socket connect(TcpServerEndpoint server) throws IOException {
		Socket socket = new Socket("127.0.0.1", server.port());
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
