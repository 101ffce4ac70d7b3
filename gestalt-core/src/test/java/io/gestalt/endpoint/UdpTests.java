package io.gestalt.endpoint;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.frame.FrameException;
import io.gestalt.frame.StreamFrameCodec;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.udp.DatagramOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.TEXT;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class UdpTests {

	private static final int MAX_DATAGRAM = 65_507;

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final Map<String, List<String>> received = new ConcurrentHashMap<>();

	private final List<Endpoint> clients = new ArrayList<>();

	@ParameterizedTest
	@EnumSource(Execution.class)
	void answersSeveralPeersEachInItsOrder(Execution execution) {
		UdpEndpoint server = this.endpoints.udpServer(settings("server",
				Listener.builder()
					.other(String.class, (payload, context) -> "re " + payload)
					.execution(execution)
					.build()));
		for (String name : List.of("a", "b", "c")) {
			client(name, server.port());
		}
		for (int i = 0; i < 200; i++) {
			for (Endpoint client : clients()) {
				client.send(client.name() + i);
			}
			int sent = i + 1;
			await("the answers", () -> this.received.values().stream().allMatch((list) -> list.size() == sent));
		}
		this.received.forEach((name, messages) -> {
			for (int i = 0; i < 200; i++) {
				assertThat(messages.get(i)).isEqualTo("re " + name + i);
			}
		});
		assertThat(server.peers()).hasSize(3);
		assertThat(server.counters().get(Counter.HANDLED)).isEqualTo(600);
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void aBurstOfOnePeerKeepsItsOrder(Execution execution) {
		List<Integer> numbers = Collections.synchronizedList(new ArrayList<>());
		UdpEndpoint server = this.endpoints
			.udpServer(settings("server", Listener.builder().other(String.class, (payload, context) -> {
				numbers.add(Integer.parseInt(payload.toString()));
				return null;
			}).execution(execution).build()));
		UdpEndpoint client = client("a", server.port());
		for (int burst = 0; burst < 20; burst++) {
			for (int i = 0; i < 50; i++) {
				client.send(String.valueOf(burst * 50 + i));
			}
			int sent = (burst + 1) * 50;
			await("the burst", () -> numbers.size() == sent);
		}
		assertThat(numbers).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void sendsToAllAndToTheOnlyPeer() {
		UdpEndpoint server = this.endpoints.udpServer(settings("server", Listener.of(String.class, (p, c) -> null)));
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> server.send("x"))
			.withMessage("Endpoint 'server' has no peer to send to");
		client("a", server.port()).send("hello");
		await("one peer", () -> server.peers().size() == 1);
		server.send("only");
		await("the message", () -> this.received.get("a").equals(List.of("only")));
		client("b", server.port()).send("hello");
		await("two peers", () -> server.peers().size() == 2);
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> server.send("x"))
			.withMessage("Endpoint 'server' has 2 peers, which one is meant is not clear");
		assertThat(server.sendToAll("all")).isEqualTo(2);
		await("both", () -> this.received.get("a").contains("all") && this.received.get("b").contains("all"));
	}

	@Test
	void aClientTakesTurnsOverItsTargets() {
		UdpEndpoint one = this.endpoints.udpServer(settings("one", ECHO));
		UdpEndpoint two = this.endpoints.udpServer(settings("two", ECHO));
		UdpEndpoint client = this.endpoints.udpClient(settings("client", null), one.port(), two.port());
		assertThat(client.peers()).hasSize(2);
		for (int i = 0; i < 10; i++) {
			client.send("n" + i);
		}
		await("the datagrams", () -> one.counters().get(Counter.RECEIVED) + two.counters().get(Counter.RECEIVED) == 10);
		assertThat(one.counters().get(Counter.RECEIVED)).isEqualTo(5);
		assertThat(client.sendToAll("all")).isEqualTo(2);
		await("one more each",
				() -> one.counters().get(Counter.RECEIVED) == 6 && two.counters().get(Counter.RECEIVED) == 6);
	}

	@Test
	void aClientIgnoresStrangers() throws Exception {
		UdpEndpoint server = this.endpoints.udpServer(settings("server", ECHO));
		UdpEndpoint client = client("a", server.port());
		try (DatagramSocket stranger = new DatagramSocket()) {
			UdpDatagramTests.send(stranger, client.port(), UdpDatagramTests.frame("intruder"));
		}
		await("the stranger to be counted", () -> client.counters().get(Counter.UNHANDLED) == 1);
		client.send("mine");
		await("the answer", () -> this.received.get("a").equals(List.of("mine")));
		assertThat(client.counters().get(Counter.RECEIVED)).isEqualTo(1);
		assertThat(client.peers()).hasSize(1);
	}

	@Test
	void theLargestDatagramArrivesWholeAndALargerOneIsRefused() {
		EndpointSettings raw = new EndpointSettings("server", new StreamFrameCodec(MAX_DATAGRAM), TEXT, ECHO);
		UdpEndpoint server = this.endpoints.udpServer(raw);
		UdpEndpoint client = client(new EndpointSettings("a", new StreamFrameCodec(MAX_DATAGRAM + 1), TEXT, null),
				server.port());
		String largest = "x".repeat(MAX_DATAGRAM - 1) + "y";
		client.send(largest);
		await("the echo", () -> !this.received.get("a").isEmpty());
		assertThat(this.received.get("a").get(0)).isEqualTo(largest);
		assertThat(server.counters().get(Counter.RECEIVED_BYTES)).isEqualTo(MAX_DATAGRAM);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> client.send(largest + "z"))
			.withMessage("Datagram of 65508 bytes exceeds the limit of 65507 bytes of UDP");
		assertThat(client.sendAsync(largest + "z")).failsWithin(GRACE);
		assertThat(client.counters().get(Counter.OFFERED)).isEqualTo(1);
	}

	@Test
	void forgetsThePeerThatWasSilentForLongest() {
		UdpEndpoint server = this.endpoints.udp(settings("server", ECHO), TestEndpoints.udpOptions(),
				UdpTargets.none(2));
		UdpEndpoint first = client("a", server.port());
		UdpEndpoint second = client("b", server.port());
		UdpEndpoint third = client("c", server.port());
		for (Endpoint client : List.of(first, second, first, third)) {
			int before = this.received.get(client.name()).size();
			client.send("x");
			await("the answer", () -> this.received.get(client.name()).size() == before + 1);
		}
		assertThat(server.peers()).extracting(Peer::address)
			.containsExactlyInAnyOrder(first.addresses().get(0), third.addresses().get(0));
		second.send("back");
		await("the answer", () -> this.received.get("b").contains("back"));
		assertThat(server.peers()).hasSize(2);
	}

	@Test
	void countsWhatFindsTheBudgetFull() {
		CompletableFuture<Object> go = new CompletableFuture<>();
		UdpEndpoint server = this.endpoints
			.udpServer(settings("server", Listener.of(String.class, (payload, context) -> go))
				.queue(new QueueLimits(4, 1 << 20, OnFull.FAIL, GRACE)));
		List<UdpEndpoint> clients = List.of(client("a", server.port()), client("b", server.port()));
		for (int i = 0; i < 5; i++) {
			for (UdpEndpoint client : clients) {
				client.sendAsync("n" + i).join();
			}
		}
		await("all ten", () -> server.counters().get(Counter.RECEIVED) == 10);
		await("six to be dropped", () -> server.counters().get(Counter.INBOUND_FULL) == 6);
		go.complete("done");
		await("four to be handled", () -> server.counters().get(Counter.HANDLED) == 4);
		clients.get(0).send("again");
		await("room again", () -> server.counters().get(Counter.HANDLED) == 5);
	}

	@Test
	void stopHandlesWhatWasReceived() {
		CompletableFuture<Object> go = new CompletableFuture<>();
		UdpEndpoint server = this.endpoints
			.udpServer(settings("server", Listener.of(String.class, (payload, context) -> go)));
		UdpEndpoint client = client("a", server.port());
		for (int i = 0; i < 10; i++) {
			client.send("n" + i);
		}
		await("all to arrive", () -> server.counters().get(Counter.RECEIVED) == 10);
		CompletableFuture<StopReport> stopped = CompletableFuture.supplyAsync(() -> server.stop(GRACE));
		await("the stop to begin", () -> !stopped.isDone());
		go.complete("answer");
		StopReport report = stopped.orTimeout(10, TimeUnit.SECONDS).join();
		assertThat(report.handled()).isBetween(0L, 10L);
		assertThat(report.abandoned()).isZero();
		assertThat(server.counters().get(Counter.HANDLED)).isEqualTo(10);
		await("ten answers", () -> this.received.get("a").size() == 10);
		assertThat(server.peers()).isEmpty();
	}

	@Test
	void stopAbandonsWhatIsNotHandledInTime() {
		CompletableFuture<Object> never = new CompletableFuture<>();
		UdpEndpoint server = this.endpoints
			.udpServer(settings("server", Listener.of(String.class, (payload, context) -> never)));
		UdpEndpoint client = client("a", server.port());
		client.send("x");
		client.send("y");
		await("both to arrive", () -> server.counters().get(Counter.RECEIVED) == 2);
		StopReport report = server.stop(Duration.ofMillis(50));
		assertThat(report.abandoned()).isEqualTo(2);
		assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void startsAgainAfterAStop() {
		UdpEndpoint server = this.endpoints.udp(settings("server", ECHO),
				new DatagramOptions(TestEndpoints.loopback(TestEndpoints.freePort()), false, false, null),
				UdpTargets.none());
		UdpEndpoint client = client("a", server.port());
		for (int round = 0; round < 3; round++) {
			int expected = round + 1;
			client.send("round " + round);
			await("the answer", () -> this.received.get("a").size() == expected);
			for (Endpoint endpoint : List.of(client, server)) {
				endpoint.stop(GRACE);
				assertThat(endpoint.running()).isFalse();
				assertThat(endpoint.peers()).isEmpty();
				endpoint.start();
				endpoint.start();
			}
		}
	}

	@Test
	void aStoppedClientRefusesToSendUntilItStartsAgain() {
		UdpEndpoint server = this.endpoints.udpServer(settings("server", ECHO));
		UdpEndpoint client = client("a", server.port());
		client.stop(GRACE);
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> client.send("lost"))
			.withMessage("Endpoint 'a' has stopped");
		assertThat(client.counters().get(Counter.REFUSED)).isEqualTo(1);
		client.start();
		client.send("heard");
		await("the answer", () -> this.received.get("a").contains("heard"));
		assertThat(this.received.get("a")).containsExactly("heard");
	}

	@Test
	void speaksIpv6() throws Exception {
		TcpServerTests.assumeIpv6();
		InetSocketAddress any = new InetSocketAddress("::1", 0);
		UdpEndpoint server = this.endpoints.udp(settings("server", ECHO), new DatagramOptions(any, false, false, null),
				UdpTargets.none());
		UdpEndpoint client = this.endpoints.udp(recording("six"), new DatagramOptions(any, false, false, null),
				UdpTargets.of(Targets.parse("[::1]:" + server.port())));
		client.send("hello");
		await("the echo", () -> this.received.get("six").equals(List.of("hello")));
	}

	private List<Endpoint> clients() {
		return this.clients;
	}

	private UdpEndpoint client(String name, int port) {
		return client(settings(name, null), port);
	}

	private UdpEndpoint client(EndpointSettings settings, int port) {
		UdpEndpoint client = this.endpoints.udpClient(settings.listener(recorder(settings.name())), port);
		this.clients.add(client);
		return client;
	}

	private EndpointSettings recording(String name) {
		return settings(name, recorder(name));
	}

	private Listener recorder(String name) {
		List<String> messages = Collections.synchronizedList(new ArrayList<>());
		this.received.put(name, messages);
		return Listener.of(String.class, (payload, context) -> messages.add(payload) ? null : "");
	}

}
