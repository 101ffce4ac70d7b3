package io.gestalt.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.TestBed;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import io.gestalt.message.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** 200,000 numbered messages of 8 peers at the same time. */
@Timeout(60)
class OrderTests {

	private static final int PEERS = 8;

	private static final int MESSAGES = 25_000;

	private final TestBed bed = new TestBed();

	private final ConcurrentMap<Peer, AtomicInteger> next = new ConcurrentHashMap<>();

	private final AtomicLong misplaced = new AtomicLong();

	private final Set<Thread> handling = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newFixedThreadPool(PEERS);

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.bed.close();
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void noneOfThemIsHandledOutOfOrder(Execution execution) throws Exception {
		run(execution, (payload, context) -> {
			note(payload, context);
			return null;
		});
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void noneOvertakesOneThatIsStillUnderWay(Execution execution) throws Exception {
		run(execution, (payload, context) -> {
			if (Integer.parseInt(payload) % 16 != 0) {
				note(payload, context);
				return null;
			}
			return CompletableFuture.runAsync(() -> note(payload, context), this.threads);
		});
	}

	private void note(String payload, MessageContext context) {
		this.handling.add(Thread.currentThread());
		int expected = this.next.computeIfAbsent(context.peer(), (peer) -> new AtomicInteger()).getAndIncrement();
		if (Integer.parseInt(payload) != expected) {
			this.misplaced.incrementAndGet();
		}
	}

	private void run(Execution execution, MessageHandler<String> handler) throws Exception {
		Listener listener = Listener.builder().other(String.class, handler).execution(execution).replies(false).build();
		TcpServerEndpoint server = this.bed.server(TestBed.text(Framing.LENGTH_PREFIXED.codec(1000), listener));
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		for (int i = 0; i < PEERS; i++) {
			TcpClientEndpoint client = this.bed.client(TestBed.text(Framing.LENGTH_PREFIXED.codec(1000), null),
					server.port());
			senders.add(client.whenConnected().thenAcceptAsync((peer) -> {
				for (int number = 0; number < MESSAGES; number++) {
					client.send(Integer.toString(number));
				}
			}, this.threads));
		}
		CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
		Await.untilEquals((long) PEERS * MESSAGES, () -> server.counters().get(Counter.HANDLED));
		assertThat(this.misplaced).hasValue(0);
		assertThat(this.next).hasSize(PEERS);
		assertThat(this.next.values()).allSatisfy((count) -> assertThat(count).hasValue(MESSAGES));
		assertThat(this.handling).hasSizeGreaterThan(1);
		assertThat(server.counters().get(Counter.RECEIVED)).isEqualTo((long) PEERS * MESSAGES);
	}

}
