package io.gestalt.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.harness.RawPeer;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageTypes;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class TcpEndpointTests {

	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final FrameCodec FRAMES = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, 1_000_000);

	private static final PayloadCodec TEXT = new PayloadCodec(new TextSerializer(), null, MessageTypes.none(),
			1_000_000);

	private final TransportResources resources = TransportResources.create();

	private final List<Endpoint> endpoints = new ArrayList<>();

	@AfterEach
	void stop() {
		this.endpoints.forEach((endpoint) -> endpoint.stop(GRACE));
		this.resources.close();
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void answersRequestsInTheirOrder(Execution execution) throws Exception {
		TcpServerEndpoint server = server(Listener.builder()
			.other(String.class, (payload, context) -> "re " + payload)
			.execution(execution)
			.build());
		TcpClientEndpoint client = client(server);
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			replies.add(client.request("n" + i, String.class));
		}
		for (int i = 0; i < replies.size(); i++) {
			assertThat(replies.get(i).get(10, TimeUnit.SECONDS)).isEqualTo("re n" + i);
		}
		assertThat(server.counters().get(Counter.HANDLED)).isEqualTo(20_000);
	}

	@Test
	void answersManySmallRequestsOfOneReadThroughASmallQueue() throws Exception {
		TcpServerEndpoint server = new TcpServerEndpoint(
				new EndpointSettings("server", FRAMES, TEXT,
						Listener.builder()
							.other(String.class, (payload, context) -> "r")
							.execution(Execution.EVENT_LOOP)
							.build())
					.queue(new QueueLimits(2, 1_000_000, OnFull.FAIL, Duration.ofSeconds(5))),
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TcpOptions.DEFAULT, this.resources);
		this.endpoints.add(server);
		server.start();
		byte[] requests = new byte[1_000_000];
		for (int i = 0; i < requests.length; i += 5) {
			requests[i + 3] = 1;
			requests[i + 4] = 'q';
		}
		try (RawPeer peer = RawPeer.connect(server.port())) {
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> peer.sendInVain(requests, 1));
			assertThat(peer.receive(requests.length)).hasSize(requests.length);
			sent.join();
		}
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void keepsTheOrderOfRepliesWhenHandlersOverlap(Execution execution) throws Exception {
		TcpServerEndpoint server = server(Listener.builder()
			.other(Object.class,
					(payload, context) -> CompletableFuture.supplyAsync(() -> payload,
							CompletableFuture.delayedExecutor(Math.floorMod(payload.hashCode(), 5),
									TimeUnit.MILLISECONDS)))
			.execution(execution)
			.ordering(Ordering.NONE)
			.build());
		TcpClientEndpoint client = client(server);
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			replies.add(client.request("n" + i, String.class));
		}
		for (int i = 0; i < replies.size(); i++) {
			assertThat(replies.get(i).get(10, TimeUnit.SECONDS)).isEqualTo("n" + i);
		}
	}

	@Test
	void aTimedOutRequestLeavesNoMismatchBehind() throws Exception {
		CompletableFuture<Object> never = new CompletableFuture<>();
		TcpServerEndpoint server = server(
				Listener.of(String.class, (payload, context) -> payload.equals("slow") ? never : "re " + payload));
		TcpClientEndpoint client = client(server);
		CompletableFuture<String> slow = client.request("slow", String.class, Duration.ofMillis(200));
		assertThat(slow).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(RequestTimeoutException.class)
			.withMessageContaining("'test'");
		for (int i = 0; i < 100; i++) {
			assertThat(client.request("n" + i, String.class).get(10, TimeUnit.SECONDS)).isEqualTo("re n" + i);
		}
		assertThat(client.counters().get(Counter.REQUEST_TIMEOUTS)).isEqualTo(1);
		never.complete("late");
	}

	@Test
	void aPortInUseIsNamed() {
		TcpServerEndpoint server = server(Listener.of(String.class, (payload, context) -> null));
		TcpServerEndpoint second = new TcpServerEndpoint(settings(null), loopback(server.port()), TcpOptions.DEFAULT,
				this.resources);
		assertThatExceptionOfType(EndpointException.class).isThrownBy(second::start)
			.withMessage("Endpoint 'test' cannot bind 127.0.0.1:" + server.port());
	}

	private TcpServerEndpoint server(Listener listener) {
		TcpServerEndpoint server = new TcpServerEndpoint(settings(listener), loopback(0), TcpOptions.DEFAULT,
				this.resources);
		this.endpoints.add(server);
		server.start();
		return server;
	}

	private TcpClientEndpoint client(TcpServerEndpoint server) {
		TcpClientEndpoint client = new TcpClientEndpoint(settings(null), Targets.of(loopback(server.port())),
				TcpOptions.DEFAULT, this.resources);
		this.endpoints.add(0, client);
		client.start();
		return client;
	}

	private static EndpointSettings settings(Listener listener) {
		return new EndpointSettings("test", FRAMES, TEXT, listener);
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
	}

}
