package io.gestalt.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.gestalt.codec.CodecException;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.RequestExpiredException;
import io.gestalt.endpoint.RequestRejectedException;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.message.Counter;
import io.gestalt.message.Message;
import io.gestalt.message.RemoteException;
import io.gestalt.message.SendException;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import io.gestalt.transport.queue.OnFull;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(RabbitExtension.class)
@Timeout(180)
class AmqpRpcTests {

	private static final Duration SHORT = Duration.ofSeconds(3);

	private TestService service;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.service = new TestService(broker);
	}

	@AfterEach
	void close() throws Exception {
		this.service.close();
	}

	private static byte[] json(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void repliesWithWhatTheHandlerReturns() throws Exception {
		this.service.responder(String.class, (name, context) -> "Hello " + name);
		AmqpRequester requester = this.service.requester();
		assertThat(TestService.get(requester.request("Ada", String.class))).isEqualTo("Hello Ada");
		assertThat(requester.counters().snapshot()).containsEntry(Counter.OFFERED, 1L)
			.containsEntry(Counter.SENT, 1L)
			.containsEntry(Counter.RECEIVED, 1L);
		assertThat(requester.pending()).isZero();
		assertThat(requester.state()).isEqualTo(EndpointState.READY);
		assertThat(requester.peers()).hasSize(1);
	}

	@Test
	void repliesWithWhatComesLater() throws Exception {
		this.service.responder(String.class, (name, context) -> name.equals("mono") ? Mono.just("one")
				: CompletableFuture.supplyAsync(() -> "stage"));
		AmqpRequester requester = this.service.requester();
		assertThat(TestService.get(requester.request("mono", String.class))).isEqualTo("one");
		assertThat(TestService.get(requester.request("future", String.class))).isEqualTo("stage");
	}

	@Test
	void repliesWithNothingWhenTheHandlerHasNothingToSay() throws Exception {
		this.service.responder(String.class, (name, context) -> null);
		assertThat(TestService.get(this.service.requester().request("Ada", String.class))).isNull();
	}

	@Test
	void letsTheHandlerReplyToItsPeer() throws Exception {
		this.service.responder(String.class, (name, context) -> {
			context.peer().send("sent");
			return null;
		});
		AmqpRequester requester = this.service.requester();
		assertThat(TestService.get(requester.request("Ada", String.class))).isEqualTo("sent");
		assertThat(TestService.get(requester.request("Bob", String.class))).isEqualTo("sent");
		assertThat(requester.counters().get(Counter.LATE_REPLIES)).isZero();
	}

	@Test
	void carriesHeadersBothWays() throws Exception {
		this.service.responder(String.class,
				(name, context) -> new Message<>(context.headers().get("tenant"), 0, Map.of("node", "n1")));
		assertThat(TestService
			.get(this.service.requester().request(new Message<>("Ada", 0, Map.of("tenant", "acme")), String.class)))
			.isEqualTo("acme");
	}

	@Test
	void tellsAnErrorThatWasMeantForTheCaller() throws Exception {
		this.service.responder(String.class, (name, context) -> {
			throw new RemoteException("out-of-stock", "No more of " + name);
		});
		AmqpRequester requester = this.service.requester();
		RemoteException error = TestService.failure(RemoteException.class, requester.request("tea", String.class));
		assertThat(error.code()).isEqualTo("out-of-stock");
		assertThat(error).hasMessage("No more of tea");
		assertThat(requester.counters().get(Counter.REMOTE_ERRORS)).isEqualTo(1);
	}

	@Test
	void tellsNothingOfAnErrorThatWasNot() throws Exception {
		AmqpResponder responder = this.service.responder(String.class,
				(name, context) -> CompletableFuture.failedFuture(new IllegalStateException("secret of " + name)));
		RemoteException error = TestService.failure(RemoteException.class,
				this.service.requester().request("tea", String.class));
		assertThat(error.code()).isEqualTo(RemoteException.INTERNAL);
		assertThat(error.getMessage()).doesNotContain("secret", "Exception");
		assertThat(responder.counters().get(Counter.HANDLER_FAILED)).isEqualTo(1);
	}

	@Test
	void tellsThatARequestCouldNotBeDecoded() throws Exception {
		AmqpResponder responder = this.service.responder(Map.class, (map, context) -> "handled");
		AmqpRequester requester = this.service.requester();
		RemoteException error = TestService.failure(RemoteException.class, requester.request("text", String.class));
		assertThat(error.code()).isEqualTo(RemoteException.UNDECODABLE);
		assertThat(responder.counters().get(Counter.UNDECODABLE)).isEqualTo(1);
		assertThat(TestService.get(requester.request(Map.of("a", 1), String.class))).isEqualTo("handled");
	}

	@Test
	void tellsThatAReplyCouldNotBeDecoded() throws Exception {
		this.service.responder(String.class, (name, context) -> "text");
		TestService.failure(CodecException.class, this.service.requester().request("Ada", Integer.class));
	}

	@Test
	void tellsARejectedRequest() throws Exception {
		AmqpResponder responder = this.service.responder(this.service.connect(), String.class, (name, context) -> {
			throw new IllegalStateException("on purpose");
		}, 1, false);
		AmqpRequester requester = this.service.requester();
		RequestRejectedException rejection = TestService.failure(RequestRejectedException.class,
				requester.request("Ada", String.class));
		assertThat(rejection).hasMessageContainingAll("'asking'", this.service.name(), "rejected");
		Awaitility.await().until(() -> responder.counters().get(Counter.REJECTED) == 1);
		assertThat(requester.counters().get(Counter.REJECTED)).isEqualTo(1);
	}

	@Test
	void tellsAtOnceThatThereIsNoService() throws Exception {
		AmqpRequester requester = this.service.requester(this.service.connect(), TestService.LONG.multipliedBy(10), 10,
				OnFull.BLOCK);
		SendException failure = TestService.failure(SendException.class, requester.request("Ada", String.class));
		assertThat(failure.reason()).isEqualTo(Counter.RETURNED);
		assertThat(failure).hasMessageContaining("finds no service '%s'", this.service.name());
		assertThat(TestService.failure(SendException.class, requester.sendAsync("Ada")).reason())
			.isEqualTo(Counter.RETURNED);
	}

	@Test
	void tellsThatNobodyHasBegunWithARequest() throws Exception {
		this.service.declared();
		AmqpRequester requester = this.service.requester(this.service.connect(), SHORT, 10, OnFull.BLOCK);
		RequestExpiredException expired = TestService.failure(RequestExpiredException.class,
				requester.request("Ada", String.class));
		assertThat(expired.elapsed()).isBetween(SHORT.dividedBy(2), SHORT);
		assertThat(requester.counters().get(Counter.EXPIRED)).isEqualTo(1);
	}

	@Test
	void givesUpARequestThatTakesTooLong() throws Exception {
		Semaphore go = new Semaphore(0);
		this.service.responder(String.class, (name, context) -> {
			go.acquire();
			return name;
		});
		AmqpRequester requester = this.service.requester(this.service.connect(), SHORT, 10, OnFull.BLOCK);
		RequestTimeoutException timeout = TestService.failure(RequestTimeoutException.class,
				requester.request("Ada", String.class));
		assertThat(timeout.elapsed()).isGreaterThanOrEqualTo(SHORT);
		assertThat(timeout).hasMessageContainingAll("'asking'", "got no reply", this.service.name());
		assertThat(requester.counters().get(Counter.LATE_REPLIES)).isZero();
		go.release();
		Awaitility.await().until(() -> requester.counters().get(Counter.LATE_REPLIES) == 1);
		go.release();
		assertThat(TestService.get(requester.<String>request("Bob", String.class, TestService.LONG))).isEqualTo("Bob");
	}

	@Test
	void doesNotBeginWithWhatNobodyWaitsForAnyMore() throws Exception {
		ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
		Semaphore go = new Semaphore(0);
		AmqpResponder responder = this.service.responder(String.class, (name, context) -> {
			begun.add(name);
			go.acquire();
			return name;
		});
		AmqpRequester requester = this.service.requester();
		CompletableFuture<String> first = requester.request("first", String.class);
		Awaitility.await().until(() -> begun.size() == 1);
		CompletableFuture<String> prefetched = requester.request("prefetched", String.class, Duration.ofMillis(300));
		TestService.failure(RequestTimeoutException.class, prefetched);
		go.release(10);
		assertThat(TestService.get(first)).isEqualTo("first");
		assertThat(TestService.get(requester.request("last", String.class))).isEqualTo("last");
		assertThat(begun).containsExactly("first", "last");
		assertThat(responder.counters().get(Counter.EXPIRED)).isEqualTo(1);
	}

	@Test
	void countsDuplicatesOfAReply() throws Exception {
		Channel channel = this.service.declared();
		channel.basicConsume(this.service.name(), true, (tag, request) -> {
			AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
				.correlationId(request.getProperties().getCorrelationId())
				.contentType("application/json")
				.build();
			for (int i = 0; i < 3; i++) {
				channel.basicPublish("", request.getProperties().getReplyTo(), properties, json("\"again\""));
			}
			channel.basicPublish("", request.getProperties().getReplyTo(), null, json("\"to nobody\""));
		}, (tag) -> {
		});
		AmqpRequester requester = this.service.requester();
		assertThat(TestService.get(requester.request("Ada", String.class))).isEqualTo("again");
		Awaitility.await().until(() -> requester.counters().get(Counter.LATE_REPLIES) == 3);
		assertThat(TestService.get(requester.request("Bob", String.class))).isEqualTo("again");
	}

	@Test
	void sendsWhatPeersNeedToAnswer() throws Exception {
		Channel channel = this.service.declared();
		AmqpRequester requester = this.service.requester();
		requester.request("Ada", String.class, Duration.ofSeconds(20));
		GetResponse request = Awaitility.await()
			.until(() -> channel.basicGet(this.service.name(), true), (got) -> got != null);
		AMQP.BasicProperties properties = request.getProps();
		assertThat(properties.getContentType()).isEqualTo("application/json");
		assertThat(properties.getCorrelationId()).isNotEmpty();
		assertThat(properties.getHeaders().get("From")).hasToString(properties.getReplyTo());
		assertThat(((Number) properties.getHeaders().get("x-timeout")).longValue()).isBetween(15_000L, 20_000L);
		assertThat(Long.parseLong(properties.getExpiration())).isBetween(15_000L, 20_000L);
		assertThat(request.getBody()).isEqualTo(json("\"Ada\""));
	}

	@Test
	void sendsWithoutWaitingForAReply() throws Exception {
		ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
		AmqpResponder responder = this.service.responder(String.class, (name, context) -> {
			handled.add(name);
			return "ignored";
		});
		AmqpRequester requester = this.service.requester();
		TestService.get(requester.sendAsync("Ada"));
		requester.send("Bob");
		Awaitility.await().until(() -> handled.size() == 2);
		assertThat(responder.counters().get(Counter.SENT)).isZero();
		assertThat(requester.counters().get(Counter.RECEIVED)).isZero();
	}

	@Test
	void boundsWhatIsUnderWay() throws Exception {
		this.service.declared();
		AmqpRequester failing = this.service.requester(this.service.connect(), TestService.LONG, 2, OnFull.FAIL);
		CompletableFuture<String> first = failing.request("1", String.class);
		failing.request("2", String.class);
		SendException refusal = TestService.failure(SendException.class, failing.request("3", String.class));
		assertThat(refusal.reason()).isEqualTo(Counter.REFUSED);
		assertThat(refusal).hasMessageContaining("2 requests under way (the limit is 2)");
		assertThat(first.cancel(true)).isTrue();
		assertThat(failing.request("4", String.class)).isNotDone();
		AmqpRequester blocking = this.service.requester(this.service.connect(), TestService.LONG, 1, OnFull.BLOCK);
		blocking.request("1", String.class);
		assertThat(TestService.failure(SendException.class, blocking.request("2", String.class)).reason())
			.isEqualTo(Counter.REFUSED);
	}

	@Test
	void answersSeveralRequestsAtOnce() throws Exception {
		CountDownLatch together = new CountDownLatch(4);
		this.service.responder(this.service.connect(), String.class, (name, context) -> {
			together.countDown();
			return together.await(30, TimeUnit.SECONDS) ? name : "alone";
		}, 4, true);
		AmqpRequester requester = this.service.requester();
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			replies.add(requester.request("r" + i, String.class));
		}
		for (int i = 0; i < 40; i++) {
			assertThat(TestService.get(replies.get(i))).isEqualTo("r" + i);
		}
	}

	@Test
	void answersOthersWhileOneTakesItsTime() throws Exception {
		CompletableFuture<String> slow = new CompletableFuture<>();
		AmqpResponder responder = this.service.responder(String.class,
				(name, context) -> name.equals("slow") ? slow : name);
		AmqpRequester requester = this.service.requester();
		CompletableFuture<String> first = requester.request("slow", String.class);
		for (int i = 0; i < 500; i++) {
			assertThat(TestService.get(requester.request("r" + i, String.class))).isEqualTo("r" + i);
		}
		assertThat(first).isNotDone();
		slow.complete("at last");
		assertThat(TestService.get(first)).isEqualTo("at last");
		assertThat(responder.stop(TestService.LONG).returned()).isZero();
		assertThat(this.service.plain().messageCount(this.service.name())).isZero();
	}

	@Test
	void givesEachOfManyCallersItsOwnReply() throws Exception {
		int callers = 32;
		int requests = Boolean.getBoolean("gestalt.long") ? 5000 : 200;
		this.service.responder(this.service.connect(), String.class, (name, context) -> name + "!", 2, true);
		AmqpRequester requester = this.service.requester();
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			AtomicInteger right = new AtomicInteger();
			List<Future<?>> done = new ArrayList<>();
			for (int caller = 0; caller < callers; caller++) {
				String name = "c" + caller + "-";
				done.add(threads.submit(() -> {
					for (int i = 0; i < requests; i++) {
						assertThat(TestService.get(requester.request(name + i, String.class)))
							.isEqualTo(name + i + "!");
						right.incrementAndGet();
					}
					return null;
				}));
			}
			for (Future<?> caller : done) {
				caller.get(120, TimeUnit.SECONDS);
			}
			assertThat(right).hasValue(callers * requests);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void hasNothingToListenToWhereItAsksAndNothingToSendWhereItAnswers() {
		AmqpRequester requester = this.service.requester();
		AmqpResponder responder = this.service.responder(String.class, (name, context) -> name);
		assertThatExceptionOfType(EndpointException.class)
			.isThrownBy(() -> requester.listen(io.gestalt.dispatch.Listener.of(String.class, (name, context) -> name)));
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> responder.send("x"));
	}

	@Test
	void givesUpWhatIsUnderWayWhenItStops() throws Exception {
		this.service.declared();
		AmqpRequester requester = this.service.requester();
		CompletableFuture<String> reply = requester.request("Ada", String.class);
		assertThat(requester.stop(Duration.ofMillis(50)).dropped()).isEqualTo(1);
		assertThat(TestService.failure(SendException.class, reply).reason()).isEqualTo(Counter.DROPPED_LOST);
		assertThat(TestService.failure(SendException.class, requester.request("Bob", String.class)).reason())
			.isEqualTo(Counter.REFUSED);
		assertThat(requester.state()).isEqualTo(EndpointState.STOPPED);
		requester.start();
		assertThat(requester.request("Eve", String.class)).isNotDone();
	}

}
