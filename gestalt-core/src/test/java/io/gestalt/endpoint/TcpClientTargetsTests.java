package io.gestalt.endpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.transport.tcp.TcpOptions;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.freePort;
import static io.gestalt.endpoint.TestEndpoints.loopback;
import static io.gestalt.endpoint.TestEndpoints.roundRobin;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TcpClientTargetsTests {

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final EventLog events = new EventLog();

	private final EndpointSettings settings = settings("client", null).observer(this.events);

	@Test
	void goesToTheSecondTargetAtOnceWhenTheFirstIsDead() throws Exception {
		TcpServerEndpoint second = server("second");
		TcpClientEndpoint client = this.endpoints.client(this.settings, freePort(), second.port());
		assertThat(client.request("who", String.class).get(5, TimeUnit.SECONDS)).isEqualTo("second");
		assertThat(this.events.kinds()).containsExactly("Started", "ConnectFailed", "PeerConnected");
		assertThat(this.events.await(EndpointEvent.ConnectFailed.class).retryIn()).isZero();
	}

	@Test
	void isNotConnectedToItself() {
		int port = freePort();
		TcpOptions sameEnd = TcpOptions.DEFAULT.customizers(UnaryOperator.identity(),
				(tcp) -> tcp.bindAddress(() -> loopback(port)).option(ChannelOption.SO_REUSEADDR, true), (pipeline) -> {
				});
		TcpClientEndpoint client = this.endpoints.client(this.settings, sameEnd, port);
		EndpointEvent.ConnectFailed failed = this.events.await(EndpointEvent.ConnectFailed.class);
		assertThat(failed.cause()).hasMessage("Connected to itself");
		assertThat(client.counters().get(Counter.CONNECTED)).isZero();
	}

	@Test
	void goesOnWithTheSecondTargetAndComesBackToTheFirstAfterALoss() throws Exception {
		TcpServerEndpoint first = server("first");
		TcpServerEndpoint second = server("second");
		TcpClientEndpoint client = this.endpoints.client(this.settings, first.port(), second.port());
		assertThat(client.request("who", String.class).get(5, TimeUnit.SECONDS)).isEqualTo("first");
		int port = first.port();
		first.stop(GRACE);
		this.events.awaitCount(EndpointEvent.PeerConnected.class, 2);
		assertThat(client.request("who", String.class).get(5, TimeUnit.SECONDS)).isEqualTo("second");
		this.endpoints.start(new TcpServerEndpoint(settings("first", named("first again")), loopback(port),
				TcpOptions.DEFAULT, this.endpoints.resources()));
		second.stop(GRACE);
		this.events.awaitCount(EndpointEvent.PeerConnected.class, 3);
		assertThat(client.request("who", String.class).get(5, TimeUnit.SECONDS)).isEqualTo("first again");
		assertThat(client.peers()).hasSize(1);
	}

	@Test
	void takesTurnsOverAllConnectedTargets() throws Exception {
		List<TcpServerEndpoint> servers = List.of(server("a"), server("b"), server("c"));
		TcpClientEndpoint client = this.endpoints.start(this.endpoints.newClient(this.settings, TcpOptions.DEFAULT,
				roundRobin(servers.get(0).port(), servers.get(1).port(), servers.get(2).port(), freePort())));
		await("three peers", () -> client.peers().size() == 3);
		Map<String, Integer> answers = new HashMap<>();
		for (int i = 0; i < 300; i++) {
			answers.merge(client.request("who", String.class).get(5, TimeUnit.SECONDS), 1, Integer::sum);
		}
		assertThat(answers).containsOnlyKeys("a", "b", "c");
		assertThat(answers.values()).allSatisfy((count) -> assertThat(count).isGreaterThanOrEqualTo(75));
	}

	@Test
	void whatWaitsForALostTargetGoesToALivingOne() {
		Set<String> received = ConcurrentHashMap.newKeySet();
		TcpServerEndpoint late = this.endpoints
			.server(Listener.of(String.class, (payload, context) -> received.add(payload) ? null : ""));
		int port = late.port();
		late.stop(GRACE);
		TcpClientEndpoint client = this.endpoints.start(
				this.endpoints.newClient(this.settings, TcpOptions.DEFAULT, roundRobin(freePort(), port, freePort())));
		for (int i = 0; i < 50; i++) {
			client.send("n" + i);
		}
		late.stop(GRACE);
		this.endpoints.start(new TcpServerEndpoint(
				settings("late", Listener.of(String.class, (payload, context) -> received.add(payload) ? null : "")),
				loopback(port), TcpOptions.DEFAULT, this.endpoints.resources()));
		await("all messages at the only living target", () -> received.size() == 50);
	}

	@Test
	void losesNothingThatWasNotYetWrittenWhenATargetDiesUnderLoad() {
		AtomicInteger received = new AtomicInteger();
		Listener counting = Listener.of(String.class, (payload, context) -> {
			received.incrementAndGet();
			return null;
		});
		TcpServerEndpoint dying = this.endpoints.server(counting);
		TcpServerEndpoint living = this.endpoints.server(counting);
		TcpClientEndpoint client = this.endpoints.start(
				this.endpoints.newClient(this.settings, TcpOptions.DEFAULT, roundRobin(dying.port(), living.port())));
		await("two peers", () -> client.peers().size() == 2);
		int total = 20_000;
		for (int i = 0; i < total; i++) {
			client.send("n" + i);
			if (i == total / 4) {
				Thread stopper = new Thread(() -> dying.stop(Duration.ZERO));
				stopper.setDaemon(true);
				stopper.start();
			}
		}
		await("every message to be written or reported lost",
				() -> client.counters().get(Counter.SENT) + client.counters().get(Counter.DROPPED_LOST) == total);
		assertThat(client.counters().get(Counter.OFFERED)).isEqualTo(total);
	}

	@Test
	void aMessageForAllReachesEachConnectedTargetOnce() {
		AtomicInteger received = new AtomicInteger();
		TcpServerEndpoint living = this.endpoints.server(Listener.of(String.class, (payload, context) -> {
			received.incrementAndGet();
			return null;
		}));
		int deadPort = freePort();
		TcpClientEndpoint client = this.endpoints
			.start(this.endpoints.newClient(this.settings, TcpOptions.DEFAULT, roundRobin(living.port(), deadPort)));
		this.events.await(EndpointEvent.PeerConnected.class);
		assertThat(client.sendToAll("x")).isEqualTo(1);
		client.peers().forEach(Peer::close);
		this.events.awaitCount(EndpointEvent.PeerConnected.class, 2);
		client.send("last");
		await("the last message", () -> client.counters().get(Counter.SENT) >= 2);
		await("both messages", () -> received.get() >= 2);
		assertThat(received.get()).isEqualTo(2);
		assertThat(client.counters().get(Counter.OFFERED)).isEqualTo(2);
	}

	private TcpServerEndpoint server(String name) {
		return this.endpoints.server(named(name));
	}

	private static Listener named(String name) {
		return Listener.of(String.class, (payload, context) -> name);
	}

}
