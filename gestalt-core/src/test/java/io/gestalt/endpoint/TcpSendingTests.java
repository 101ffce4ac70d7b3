package io.gestalt.endpoint;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.FrameException;
import io.gestalt.message.Counter;
import io.gestalt.message.Peer;
import io.gestalt.message.SendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.gestalt.endpoint.TestEndpoints.ECHO;
import static io.gestalt.endpoint.TestEndpoints.GRACE;
import static io.gestalt.endpoint.TestEndpoints.MAX_FRAME;
import static io.gestalt.endpoint.TestEndpoints.await;
import static io.gestalt.endpoint.TestEndpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class TcpSendingTests {

	@RegisterExtension
	final TestEndpoints endpoints = new TestEndpoints();

	private final Map<String, List<String>> received = new ConcurrentHashMap<>();

	@Test
	void aServerSendsToItsOnlyPeer() {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> server.send("x"))
			.withMessage("Endpoint 'server' has no peer to send to");
		receiver("a", server);
		await("one peer", () -> server.peers().size() == 1);
		server.send("hello");
		await("the message", () -> of("a").equals(List.of("hello")));
		receiver("b", server);
		await("two peers", () -> server.peers().size() == 2);
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> server.send("x"))
			.withMessage("Endpoint 'server' has 2 peers, which one is meant is not clear");
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> server.request("x", String.class));
	}

	@Test
	void aServerSendsToAllAndToEach() {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		assertThat(server.sendToAll("nobody")).isZero();
		List<String> names = List.of("a", "b", "c");
		names.forEach((name) -> receiver(name, server));
		await("three peers", () -> server.peers().size() == 3);
		assertThat(server.sendToAll("all")).isEqualTo(3);
		int number = 0;
		for (Peer peer : server.peers()) {
			peer.send("only " + number++);
		}
		await("six messages", () -> this.received.values().stream().mapToInt(List::size).sum() == 6);
		assertThat(names).allSatisfy((name) -> assertThat(of(name)).hasSize(2).first().isEqualTo("all"));
		assertThat(names.stream().map((name) -> of(name).get(1))).containsExactlyInAnyOrder("only 0", "only 1",
				"only 2");
	}

	@Test
	void whoeverIsConnectedIsStillThere() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		TcpClientEndpoint first = receiver("a", server);
		Peer one = server.whenConnected().get(10, TimeUnit.SECONDS);
		receiver("b", server);
		await("two peers", () -> server.peers().size() == 2);
		first.stop(GRACE);
		await("one peer", () -> server.peers().size() == 1);
		Peer other = server.whenConnected().get(10, TimeUnit.SECONDS);
		assertThat(other.id()).isNotEqualTo(one.id()).isEqualTo(server.peers().iterator().next().id());
	}

	@Test
	void eachSenderKeepsItsOrder() {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		receiver("a", server);
		await("one peer", () -> server.peers().size() == 1);
		Peer peer = server.peers().iterator().next();
		int senders = 6;
		int each = 2000;
		List<CompletableFuture<Void>> done = new ArrayList<>();
		for (int sender = 0; sender < senders; sender++) {
			int number = sender;
			done.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < each; i++) {
					peer.send(number + ":" + i);
				}
			}, (task) -> new Thread(task).start()));
		}
		CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
		await("all messages", () -> of("a").size() == senders * each);
		int[] next = new int[senders];
		for (String message : of("a")) {
			String[] parts = message.split(":");
			assertThat(parts[1]).isEqualTo(String.valueOf(next[Integer.parseInt(parts[0])]++));
		}
	}

	@Test
	void anAsynchronousSendTellsWhenItIsWrittenOrLost() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(Listener.of(String.class, (payload, context) -> null));
		TcpClientEndpoint client = receiver("a", server);
		client.sendAsync("written").get(10, TimeUnit.SECONDS);
		assertThat(client.counters().get(Counter.SENT)).isEqualTo(1);
		Peer peer = server.whenConnected().get(10, TimeUnit.SECONDS);
		client.stop(GRACE);
		await("no peer", () -> server.peers().isEmpty());
		assertThat(peer.sendAsync("lost")).failsWithin(GRACE)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(SendException.class)
			.withMessage("Connection has ended: PEER_CLOSED");
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> peer.send("lost"));
		assertThat(server.counters().get(Counter.REFUSED) + server.counters().get(Counter.DROPPED_LOST)).isEqualTo(2);
	}

	@Test
	void whatWasNotYetWrittenFailsWithTheConnection() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		try (Socket deaf = new Socket("127.0.0.1", server.port())) {
			await("one peer", () -> server.peers().size() == 1);
			Peer peer = server.peers().iterator().next();
			String big = "x".repeat(1_000_000);
			List<CompletableFuture<Void>> sent = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				sent.add(peer.sendAsync(big));
			}
			assertThat(deaf.isConnected()).isTrue();
			assertThat(sent.get(39)).isNotDone();
			peer.close();
			await("all to end", () -> sent.stream().allMatch(CompletableFuture::isDone));
			assertThat(sent.get(39)).isCompletedExceptionally();
			long failed = sent.stream().filter(CompletableFuture::isCompletedExceptionally).count();
			assertThat(server.counters().get(Counter.DROPPED_LOST)).isEqualTo(failed);
			assertThat(server.counters().get(Counter.SENT)).isEqualTo(40 - failed);
		}
	}

	@Test
	void aMessageAboveTheLimitIsRefusedAndDisturbsNobody() throws Exception {
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		TcpClientEndpoint client = this.endpoints.client(server.port());
		String limit = "x".repeat(MAX_FRAME);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> client.send(limit + "x"));
		assertThat(client.request(limit, String.class).get(20, TimeUnit.SECONDS)).hasSize(MAX_FRAME);
		assertThat(client.counters().get(Counter.OFFERED)).isEqualTo(1);
	}

	@Test
	void peersCanBeSentToFromWithinAHandler() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		TcpServerEndpoint server = this.endpoints.server(Listener.of(String.class, (payload, context) -> {
			context.peer().send("first " + payload);
			calls.incrementAndGet();
			return null;
		}));
		TcpClientEndpoint client = receiver("a", server);
		client.send("x");
		await("the answer", () -> of("a").equals(List.of("first x")));
		Iterator<Peer> peers = server.peers().iterator();
		assertThat(peers.next().principal()).isNull();
		assertThat(calls).hasValue(1);
	}

	@Test
	void aLateReplyIsNotTakenForTheReplyToALaterRequest() throws Exception {
		Map<String, CompletableFuture<Object>> answers = Map.of("one", new CompletableFuture<>(), "two",
				new CompletableFuture<>());
		TcpServerEndpoint server = this.endpoints.server(ECHO);
		TcpClientEndpoint client = this.endpoints.client(
				settings("client", Listener.of(String.class, (payload, context) -> answers.get(payload))),
				server.port());
		Peer first = server.whenConnected().get(10, TimeUnit.SECONDS);
		CompletableFuture<String> one = server.request("one", String.class);
		await("the first request", () -> client.counters().get(Counter.RECEIVED) == 1);
		first.close();
		assertThat(one).failsWithin(GRACE);
		await("the next connection", () -> client.counters().get(Counter.CONNECTED) == 2);
		await("the next peer", () -> server.peers().size() == 1);
		CompletableFuture<String> two = server.request("two", String.class);
		await("the second request", () -> client.counters().get(Counter.RECEIVED) == 2);
		answers.get("one").complete("late reply to one");
		answers.get("two").complete("reply to two");
		assertThat(two.get(10, TimeUnit.SECONDS)).isEqualTo("reply to two");
		assertThat(client.counters().get(Counter.REFUSED)).isEqualTo(1);
	}

	@Test
	void aRequestMadeRightAfterATimeoutGoesToTheNextConnection() throws Exception {
		CompletableFuture<Object> never = new CompletableFuture<>();
		TcpServerEndpoint server = this.endpoints
			.server(Listener.of(String.class, (payload, context) -> payload.equals("slow") ? never : payload));
		TcpClientEndpoint client = this.endpoints.client(server.port());
		for (int i = 0; i < 10; i++) {
			CompletableFuture<String> next = client.request("slow", String.class, Duration.ofMillis(5))
				.handle((reply, failure) -> client.request("quick", String.class))
				.get(10, TimeUnit.SECONDS);
			assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("quick");
		}
	}

	@Test
	void aPeerThatLeavesBeforeItsReplyIsNoFailureOfTheHandler() {
		CompletableFuture<Object> reply = new CompletableFuture<>();
		TcpServerEndpoint server = this.endpoints.server(Listener.of(String.class, (payload, context) -> reply));
		TcpClientEndpoint client = this.endpoints.client(server.port());
		client.send("x");
		await("the message", () -> server.counters().get(Counter.RECEIVED) == 1);
		server.peers().iterator().next().close();
		await("no peer", () -> server.counters().get(Counter.DISCONNECTED) == 1);
		reply.complete("too late");
		await("the message to be done", () -> server.counters().get(Counter.HANDLED) == 1);
		assertThat(server.counters().get(Counter.HANDLER_FAILED)).isZero();
		assertThat(server.counters().get(Counter.REFUSED)).isEqualTo(1);
	}

	private TcpClientEndpoint receiver(String name, TcpServerEndpoint server) {
		List<String> messages = Collections.synchronizedList(new ArrayList<>());
		this.received.put(name, messages);
		return this.endpoints.client(settings(name, Listener.of(String.class, (payload, context) -> {
			messages.add(payload);
			return null;
		})), server.port());
	}

	private List<String> of(String name) {
		return List.copyOf(this.received.get(name));
	}

}
