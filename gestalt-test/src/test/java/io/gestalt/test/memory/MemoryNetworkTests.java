package io.gestalt.test.memory;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.gestalt.codec.Codecs;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.LineFrameCodec;
import io.gestalt.message.Counter;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.tcp.TcpOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class MemoryNetworkTests {

	private static final Duration GRACE = Duration.ofSeconds(5);

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private final MemoryNetwork network = new MemoryNetwork();

	private final TransportResources resources = this.network.resources(this.workers);

	@AfterEach
	void close() {
		this.resources.close();
		this.workers.shutdownNow();
	}

	@Test
	void aPeerThatIsNotReadHasToWait() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		BlockingQueue<String> handled = new LinkedBlockingQueue<>();
		QueueLimits few = new QueueLimits(1, 1 << 20, OnFull.BLOCK, Duration.ofSeconds(20));
		TcpServerEndpoint server = server(Listener.of(String.class, (line, context) -> {
			go.await();
			handled.add(line);
			return null;
		}), few);
		TcpClientEndpoint client = client(server.port(), few);
		String line = "x".repeat(1000);
		CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 1000; i++) {
				client.send(line);
			}
		}, this.workers);
		server.whenConnected().get(10, TimeUnit.SECONDS);
		assertThat(sender.isDone()).isFalse();
		go.countDown();
		sender.get(20, TimeUnit.SECONDS);
		for (int i = 0; i < 1000; i++) {
			assertThat(handled.poll(10, TimeUnit.SECONDS)).isEqualTo(line);
		}
		client.stop(GRACE);
		server.stop(GRACE);
	}

	@Test
	void nobodyListensWhereNobodyIs() throws Exception {
		CompletableFuture<@Nullable Throwable> failure = new CompletableFuture<>();
		EndpointSettings settings = settings(null, QueueLimits.DEFAULT).observer((event) -> {
			if (event instanceof EndpointEvent.ConnectFailed failed) {
				failure.complete(failed.cause());
			}
		});
		TcpClientEndpoint client = new TcpClientEndpoint(settings, Targets.of(address(4711)), TcpOptions.DEFAULT,
				this.resources);
		client.start();
		assertThat(failure.get(10, TimeUnit.SECONDS)).hasStackTraceContaining("nobody listens")
			.hasStackTraceContaining("4711");
		client.stop(GRACE);
	}

	@Test
	void aPortIsTakenOnce() {
		TcpServerEndpoint first = server(Listener.of(String.class, (line, context) -> line), QueueLimits.DEFAULT);
		TcpServerEndpoint second = new TcpServerEndpoint(settings(null, QueueLimits.DEFAULT), address(first.port()),
				TcpOptions.DEFAULT, this.resources);
		assertThatExceptionOfType(EndpointException.class).isThrownBy(second::start)
			.withStackTraceContaining("Port %d of the network in memory is in use".formatted(first.port()));
		first.stop(GRACE);
	}

	@Test
	void aConnectionThatIsClosedIsGoneAtBothEnds() throws Exception {
		TcpServerEndpoint server = server(Listener.of(String.class, (line, context) -> line), QueueLimits.DEFAULT);
		TcpClientEndpoint client = client(server.port(), QueueLimits.DEFAULT);
		assertThat(client.request("hello", String.class).get(10, TimeUnit.SECONDS)).isEqualTo("hello");
		client.stop(GRACE);
		assertThat(server.stop(GRACE).abandoned()).isZero();
		assertThat(server.counters().get(Counter.DISCONNECTED)).isOne();
	}

	private TcpServerEndpoint server(Listener listener, QueueLimits limits) {
		TcpServerEndpoint server = new TcpServerEndpoint(settings(listener, limits), address(0), TcpOptions.DEFAULT,
				this.resources);
		server.start();
		return server;
	}

	private TcpClientEndpoint client(int port, QueueLimits limits) {
		TcpClientEndpoint client = new TcpClientEndpoint(settings(null, limits), Targets.of(address(port)),
				TcpOptions.DEFAULT, this.resources);
		client.start();
		return client;
	}

	private static EndpointSettings settings(@Nullable Listener listener, QueueLimits limits) {
		return new EndpointSettings("memory", new LineFrameCodec(1 << 16),
				Codecs.builder().build().payloadCodec("text", null), listener)
			.queue(limits);
	}

	private static InetSocketAddress address(int port) {
		return new InetSocketAddress("127.0.0.1", port);
	}

}
