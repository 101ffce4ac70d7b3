package io.gestalt.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counter;
import io.gestalt.message.SendException;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import io.gestalt.transport.queue.OnFull;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RabbitExtension.class)
@Timeout(600)
@Tag("slow")
class AmqpRpcFaultTests {

	private static final boolean LONG = Boolean.getBoolean("gestalt.long");

	private TestService service;

	private FaultProxy proxy;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.service = new TestService(broker);
		this.proxy = new FaultProxy(broker.host(), broker.port());
	}

	@AfterEach
	void close() throws Exception {
		this.proxy.heal();
		this.service.close();
		this.proxy.close();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5));
	}

	private TestConnections throughProxy() {
		return this.service.connect(this.proxy.host(), this.proxy.port());
	}

	private AmqpRequester requester(TestConnections connections, Duration timeout) {
		return this.service.requester(connections, timeout, 1000, OnFull.BLOCK);
	}

	/** Asks until it is told to stop, and checks that no request is forgotten. */
	private static final class Load implements AutoCloseable {

		private final AtomicBoolean over = new AtomicBoolean();

		private final AtomicInteger replied = new AtomicInteger();

		private final AtomicInteger lost = new AtomicInteger();

		private final List<Throwable> surprises = new ArrayList<>();

		private final List<Thread> threads = new ArrayList<>();

		Load(AmqpRequester requester, int callers) {
			for (int i = 0; i < callers; i++) {
				String caller = "c" + i + "-";
				Thread thread = new Thread(() -> ask(requester, caller));
				this.threads.add(thread);
				thread.start();
			}
		}

		private void ask(AmqpRequester requester, String caller) {
			for (int i = 0; !this.over.get(); i++) {
				try {
					String reply = TestService.get(requester.request(caller + i, String.class));
					assertThat(reply).isEqualTo(caller + i);
					this.replied.incrementAndGet();
				}
				catch (ExecutionException ex) {
					if (ex.getCause() instanceof SendException loss && loss.reason() == Counter.DROPPED_LOST) {
						this.lost.incrementAndGet();
					}
					else {
						surprise(ex.getCause());
					}
				}
				catch (Exception | AssertionError ex) {
					surprise(ex);
				}
			}
		}

		private synchronized void surprise(Throwable surprise) {
			this.surprises.add(surprise);
			this.over.set(true);
		}

		void awaitReplies(int more) {
			int before = this.replied.get();
			await().until(() -> this.replied.get() - before >= more || this.over.get());
		}

		@Override
		public void close() throws Exception {
			this.over.set(true);
			for (Thread thread : this.threads) {
				thread.join(TestService.LONG.toMillis());
				assertThat(thread.isAlive()).isFalse();
			}
			assertThat(this.surprises).isEmpty();
		}

	}

	@Test
	void endsEveryRequestWhenTheRequesterLosesItsConnection() throws Exception {
		this.service.responder(this.service.connect(), String.class, (name, context) -> name, 2, true);
		AmqpRequester requester = requester(throughProxy(), TestService.LONG);
		try (Load load = new Load(requester, 16)) {
			for (int cut = 0; cut < (LONG ? 50 : 5); cut++) {
				load.awaitReplies(50);
				if (cut % 2 == 0) {
					this.proxy.cut();
				}
				else {
					this.proxy.reset();
				}
			}
			load.awaitReplies(50);
		}
		assertThat(requester.pending()).isZero();
		assertThat(requester.counters().get(Counter.DISCONNECTED)).isPositive();
	}

	@Test
	void answersAgainWhenTheResponderLosesItsConnection() throws Exception {
		AmqpResponder responder = this.service.responder(throughProxy(), String.class, (name, context) -> name, 2,
				true);
		AmqpRequester requester = requester(this.service.connect(), TestService.LONG);
		try (Load load = new Load(requester, 8)) {
			for (int cut = 0; cut < (LONG ? 50 : 5); cut++) {
				load.awaitReplies(50);
				this.proxy.reset();
			}
			load.awaitReplies(50);
			assertThat(load.lost).hasValue(0);
		}
		assertThat(responder.counters().get(Counter.DISCONNECTED)).isPositive();
	}

	@Test
	void handsARequestToAnotherResponderWhenOneIsLost() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		this.service.responder(throughProxy(), String.class, (name, context) -> {
			begun.countDown();
			never.await();
			return "first";
		}, 1, true);
		AmqpRequester requester = this.service.requester();
		CompletableFuture<String> reply = requester.request("Ada", String.class);
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.service.responder(String.class, (name, context) -> "second");
		this.proxy.refuse(true).cut();
		assertThat(TestService.get(reply)).isEqualTo("second");
		never.countDown();
	}

	@Test
	void finishesWhatRunsAndReturnsTheRestWhenItStops() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		AmqpResponder first = this.service.responder(String.class, (name, context) -> {
			begun.countDown();
			go.await();
			return "first " + name;
		});
		AmqpRequester requester = this.service.requester();
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			replies.add(requester.request("r" + i, String.class));
		}
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		await().until(() -> requester.counters().get(Counter.SENT) == 20);
		Channel channel = this.service.plain();
		await().until(() -> channel.messageCount(this.service.name()) == 0);
		CompletableFuture<StopReport> stop = CompletableFuture.supplyAsync(() -> first.stop(TestService.LONG));
		await().until(() -> first.state() == EndpointState.STOPPED);
		go.countDown();
		StopReport report = TestService.get(stop);
		assertThat(report.handled()).isEqualTo(1);
		assertThat(report.returned()).isEqualTo(19);
		this.service.responder(String.class, (name, context) -> "second " + name);
		assertThat(TestService.get(replies.get(0))).isEqualTo("first r0");
		for (int i = 1; i < 20; i++) {
			assertThat(TestService.get(replies.get(i))).isEqualTo("second r" + i);
		}
	}

	@Test
	void losesNoRequestWhenRespondersComeAndGo() throws Exception {
		AmqpRequester requester = requester(this.service.connect(), TestService.LONG);
		AmqpResponder steady = this.service.responder(String.class, (name, context) -> name);
		try (Load load = new Load(requester, 8)) {
			TestConnections connections = this.service.connect();
			for (int i = 0; i < (LONG ? 50 : 5); i++) {
				AmqpResponder passing = this.service.responder(connections, String.class, (name, context) -> name, 2,
						true);
				load.awaitReplies(100);
				passing.stop(Duration.ofSeconds(10));
			}
			assertThat(load.lost).hasValue(0);
		}
		assertThat(steady.counters().get(Counter.HANDLED)).isPositive();
	}

	@Test
	void timesOutWhileTheNetworkSwallowsEverything() throws Exception {
		this.service.responder(String.class, (name, context) -> name);
		AmqpRequester requester = requester(throughProxy(), Duration.ofSeconds(2));
		TestService.get(requester.request("before", String.class));
		this.proxy.halfOpen(true);
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			replies.add(requester.request("x".repeat(1000), String.class));
		}
		for (CompletableFuture<String> reply : replies) {
			RequestTimeoutException timeout = TestService.failure(RequestTimeoutException.class, reply);
			assertThat(timeout.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(1900));
		}
		this.proxy.heal().reset();
		await().until(() -> requester.counters().get(Counter.CONNECTED) == 2);
		assertThat(TestService.get(requester.<String>request("after", String.class, TestService.LONG)))
			.isEqualTo("after");
	}

	@Test
	void doesNotHangWhenTheBrokerStopsReadingTheOneWhoAsks() throws Exception {
		this.service.responder(String.class, (name, context) -> name.length());
		AmqpRequester requester = requester(throughProxy(), Duration.ofSeconds(1));
		TestService.get(requester.request("before", Integer.class));
		this.proxy.throttle(1);
		Duration longest = Duration.ZERO;
		String large = "x".repeat(500_000);
		for (int i = 0; i < 100 && requester.counters().get(Counter.DISCONNECTED) == 0; i++) {
			long start = System.nanoTime();
			requester.request(large, Integer.class);
			Duration taken = Duration.ofNanos(System.nanoTime() - start);
			longest = (taken.compareTo(longest) > 0) ? taken : longest;
		}
		assertThat(longest).isBetween(Duration.ofMillis(450), Duration.ofSeconds(5));
		this.proxy.heal();
		await().until(() -> requester.state() == EndpointState.READY);
		assertThat(TestService.get(requester.<Integer>request("after", Integer.class, TestService.LONG))).isEqualTo(5);
	}

	@Test
	void reportsWhatNobodyHasConfirmedWhenItStops() throws Exception {
		this.service.responder(String.class, (name, context) -> name);
		AmqpRequester requester = new AmqpRequester(
				throughProxy().settings("asking", this.service.returns(), TestService.LONG),
				new RequesterOptions("", this.service.name(), null, TestService.LONG, 10, OnFull.BLOCK));
		requester.start();
		requester.sendAsync("confirmed").get(30, TimeUnit.SECONDS);
		this.proxy.halfOpen(true);
		requester.send("into the void");
		assertThat(requester.stop(Duration.ZERO).dropped()).isEqualTo(1);
	}

	@Test
	void opensAnotherQueueWhenThatForRepliesIsDeleted() throws Exception {
		this.service.responder(String.class, (name, context) -> context.headers().get("From"));
		AmqpRequester requester = this.service.requester();
		String queue = TestService.get(requester.request("Ada", String.class));
		TestConnections own = this.service.connect();
		AmqpRequester other = requester(own, TestService.LONG);
		String others = TestService.get(other.request("Ada", String.class));
		assertThat(others).isNotEqualTo(queue);
		// An exclusive queue can be deleted over its own connection only.
		AmqpConnections.open(own.connections().publishing()).queueDelete(others);
		await().until(() -> other.counters().get(Counter.CONNECTED) == 2);
		assertThat(TestService.get(other.request("Ada", String.class))).isNotEqualTo(others);
	}

	@Test
	void sendsLaterWhatItCannotSendYet() throws Exception {
		this.proxy.refuse(true);
		AmqpRequester requester = requester(throughProxy(), TestService.LONG);
		assertThat(requester.state()).isEqualTo(EndpointState.CONNECTING);
		assertThat(requester.lastError()).isNotNull();
		CompletableFuture<String> reply = requester.request("Ada", String.class);
		RequestTimeoutException unsent = TestService.failure(RequestTimeoutException.class,
				requester.<String>request("Bob", String.class, Duration.ofMillis(100)));
		assertThat(unsent).hasMessageContaining("could not send the request");
		this.service.responder(String.class, (name, context) -> name);
		this.proxy.refuse(false);
		assertThat(TestService.get(reply)).isEqualTo("Ada");
		assertThat(requester.state()).isEqualTo(EndpointState.READY);
		assertThat(requester.lastError()).isNull();
	}

	@Test
	@Timeout(1800)
	void leaksNeitherThreadsNorChannels(RabbitBroker broker) throws Exception {
		AmqpResponder responder = this.service.responder(throughProxy(), String.class, (name, context) -> name, 2,
				true);
		AmqpRequester requester = requester(throughProxy(), TestService.LONG);
		reconnect(requester, responder, 5);
		int threads = Thread.activeCount();
		reconnect(requester, responder, LONG ? 1000 : 20);
		await().untilAsserted(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4));
		await().until(() -> broker.control("list_connections", "pid").lines().count() < 20);
		await().until(() -> broker.control("list_channels", "pid").lines().count() < 20);
		assertThat(requester.pending()).isZero();
	}

	private void reconnect(AmqpRequester requester, AmqpResponder responder, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			assertThat(TestService.get(requester.request("r" + i, String.class))).isEqualTo("r" + i);
			long before = requester.counters().get(Counter.CONNECTED);
			this.proxy.reset();
			await().until(() -> requester.counters().get(Counter.CONNECTED) > before && responder.consumers() == 2);
		}
	}

	@Test
	void goesOnAfterTheBrokerWasStoppedAndWasShortOfMemory() throws Exception {
		try (RabbitBroker own = RabbitBroker.launch().orElseThrow(); TestService passing = new TestService(own)) {
			passing.responder(String.class, (name, context) -> name);
			AmqpRequester requester = passing.requester(passing.connect(), TestService.LONG, 100, OnFull.BLOCK);
			try (Load load = new Load(requester, 4)) {
				load.awaitReplies(20);
				own.stop();
				await().until(() -> requester.state() == EndpointState.CONNECTING);
				own.start();
				load.awaitReplies(20);
			}
			own.alarm(true);
			// RabbitMQ blocks connections when they publish next.
			List<CompletableFuture<String>> replies = new ArrayList<>();
			await().until(() -> {
				replies.add(requester.request("blocked", String.class));
				return requester.state() == EndpointState.BLOCKED;
			});
			replies.add(requester.request("blocked", String.class));
			own.alarm(false);
			for (CompletableFuture<String> reply : replies) {
				assertThat(TestService.get(reply)).isEqualTo("blocked");
			}
		}
	}

}
