package io.gestalt.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.receive.DeadLetters;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.amqp.settings.SubscriberOptions.Ack;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RabbitExtension.class)
@Timeout(120)
class AmqpSubscriberTests {

	private final Queue<Integer> handled = new ConcurrentLinkedQueue<>();

	private QueueBed bed;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.bed = new QueueBed(broker);
	}

	@AfterEach
	void close() throws Exception {
		this.bed.close();
	}

	private Object handle(Integer payload, MessageContext context) {
		this.handled.add(payload);
		return null;
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	private void awaitHandled(int count) {
		Waiting.until(() -> this.handled.size() >= count);
	}

	private static String header(GetResponse letter, String name) {
		return String.valueOf(letter.getProps().getHeaders().get(name));
	}

	@Test
	void handlesInOrderAndAcknowledges() throws Exception {
		AmqpSubscriber subscriber = this.bed.start(this::handle);
		this.bed.publish(0, 5000);
		awaitHandled(5000);
		assertThat(this.handled).containsExactlyElementsOf(numbers(5000));
		assertThat(subscriber.state()).isEqualTo(EndpointState.READY);
		assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
		this.bed.awaitDepth(0);
		assertThat(subscriber.counters().get(Counter.HANDLED)).isEqualTo(5000);
		assertThat(subscriber.state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void handlesWhatNeverBlocksOnTheThreadThatDelivers() throws Exception {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		AmqpSubscriber subscriber = this.bed.subscriber(nonBlocking((payload, context) -> {
			threads.add(Thread.currentThread().getName());
			return handle(payload, context);
		}));
		subscriber.start();
		this.bed.publish(0, 5000);
		awaitHandled(5000);
		assertThat(this.handled).containsExactlyElementsOf(numbers(5000));
		assertThat(threads).isNotEmpty().noneMatch((name) -> name.startsWith("gestalt-"));
		assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
		this.bed.awaitDepth(0);
	}

	@Test
	void keepsTheOrderWhereSomeOfThatFailsOrTakesLonger() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		AmqpSubscriber subscriber = this.bed.subscriber(nonBlocking((payload, context) -> {
			if (payload % 100 == 7 && attempts.incrementAndGet() % 3 != 0) {
				throw new IllegalStateException("not yet");
			}
			return (payload % 10 == 3) ? CompletableFuture.supplyAsync(() -> handle(payload, context))
					: handle(payload, context);
		}));
		subscriber.start();
		this.bed.publish(0, 500);
		this.bed.publish("no number", QueueBed.properties().build());
		this.bed.publish(500, 1000);
		awaitHandled(1000);
		assertThat(this.handled).containsExactlyElementsOf(numbers(1000));
		assertThat(subscriber.counters().get(Counter.RETRIED)).isEqualTo(20);
		assertThat(subscriber.counters().get(Counter.DEAD_LETTERED)).isEqualTo(1);
		assertThat(subscriber.counters().get(Counter.RECEIVED)).isEqualTo(1001);
		assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
		this.bed.awaitDepth(0);
	}

	@Test
	void returnsWhatWaitsBehindAHandlerOfTheThreadThatDelivers() throws Exception {
		CompletableFuture<String> never = new CompletableFuture<>();
		AmqpSubscriber subscriber = this.bed.subscriber(nonBlocking((payload, context) -> {
			handle(payload, context);
			return (payload == 2) ? never : null;
		}));
		subscriber.start();
		this.bed.publish(0, 10);
		awaitHandled(3);
		assertThat(subscriber.stop(Duration.ofMillis(200)).returned()).isEqualTo(8);
		this.bed.awaitDepth(8);
	}

	private static Listener nonBlocking(MessageHandler<Integer> handler) {
		return Listener.builder()
			.other(Integer.class, handler)
			.execution(Execution.EVENT_LOOP)
			.ordering(Ordering.PEER)
			.build();
	}

	@Test
	void acknowledgesAtOnceWhenThereIsNothingElseToDo(RabbitBroker broker) throws Exception {
		this.bed.start(this::handle);
		this.bed.publish(0, 3);
		awaitHandled(3);
		Waiting.until(() -> broker.control("-q", "list_queues", "name", "messages", "consumers")
			.contains(this.bed.name + "\t0\t1"));
	}

	@Test
	void waitsForAFutureBeforeTheNextMessage() throws Exception {
		List<CompletableFuture<String>> futures = Collections.synchronizedList(new ArrayList<>());
		this.bed.start((payload, context) -> {
			handle(payload, context);
			CompletableFuture<String> future = new CompletableFuture<>();
			futures.add(future);
			return future;
		});
		this.bed.publish(0, 2);
		Waiting.until(() -> futures.size() == 1);
		assertThat(this.handled).containsExactly(0);
		futures.get(0).complete("done");
		Waiting.until(() -> futures.size() == 2);
		futures.get(1).complete("done");
	}

	@Test
	void handlesAMonoAndTriesItAgain() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> Mono.fromCallable(() -> {
			if (attempts.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
			return handle(payload, context);
		}));
		this.bed.publish(0, 1);
		awaitHandled(1);
		assertThat(attempts).hasValue(3);
		assertThat(subscriber.counters().get(Counter.RETRIED)).isEqualTo(2);
	}

	@Test
	void handlesAtTheSameTimeWhereNoOrderIsPromised() throws Exception {
		CountDownLatch together = new CountDownLatch(4);
		this.bed.prefetch = 4;
		this.bed.subscriber(Listener.builder().other(Integer.class, (payload, context) -> {
			together.countDown();
			together.await();
			return handle((Integer) payload, context);
		}).ordering(Ordering.NONE).build()).start();
		this.bed.publish(0, 8);
		awaitHandled(8);
	}

	@Test
	void leavesFuturesOpenWhereNoOrderIsPromised() throws Exception {
		Map<Integer, CompletableFuture<Object>> futures = new ConcurrentHashMap<>();
		AmqpSubscriber subscriber = this.bed.subscriber(Listener.builder()
			.other(Integer.class,
					(payload, context) -> futures.merge((Integer) payload, new CompletableFuture<>(),
							(failed, next) -> CompletableFuture.completedFuture("at last")))
			.ordering(Ordering.NONE)
			.build());
		subscriber.start();
		this.bed.publish(0, 100);
		Waiting.until(() -> futures.size() == 100);
		for (int i = 99; i > 9; i--) {
			futures.get(i).complete("done");
		}
		futures.get(9).completeExceptionally(new IllegalStateException("bad"));
		Waiting.until(() -> subscriber.counters().get(Counter.HANDLED) == 91);
		assertThat(subscriber.counters().get(Counter.RETRIED)).isEqualTo(1);
		assertThat(subscriber.stop(Duration.ofMillis(200)).returned()).isEqualTo(9);
		this.bed.awaitDepth(9);
	}

	@Test
	void repliesWhereAReplyIsAwaited() throws Exception {
		this.bed.start((payload, context) -> payload + 1);
		String replies = this.bed.channel().queueDeclare().getQueue();
		this.bed.publish("41", QueueBed.properties().replyTo(replies).correlationId("x").build());
		Waiting.until(() -> this.bed.depth(replies) == 1);
		GetResponse reply = this.bed.take(replies);
		assertThat(reply.getBody()).isEqualTo("42".getBytes(StandardCharsets.UTF_8));
		assertThat(reply.getProps().getCorrelationId()).isEqualTo("x");
		assertThat(reply.getProps().getContentType()).isEqualTo("application/json");
	}

	@Test
	void tellsHandlersOfHeadersAndSender() throws Exception {
		Queue<MessageContext> contexts = new ConcurrentLinkedQueue<>();
		this.bed.start((payload, context) -> contexts.add(context));
		this.bed.publish("1",
				QueueBed.properties()
					.headers(Map.of("colour", "red", AmqpCodec.TYPE_ID, 7, "nested", Map.of("a", List.of("b"))))
					.userId("guest")
					.build());
		Waiting.until(() -> !contexts.isEmpty());
		MessageContext context = contexts.remove();
		assertThat(context.type()).isEqualTo(7);
		assertThat(context.headers()).containsEntry("colour", "red")
			.containsEntry("nested", Map.of("a", List.of("b")))
			.containsEntry("amqp_receivedRoutingKey", this.bed.name)
			.containsEntry("amqp_redelivered", false)
			.doesNotContainKey(AmqpCodec.TYPE_ID);
		assertThat(context.peer().principal().getName()).isEqualTo("guest");
		assertThat(context.peer().id()).matches("[0-9a-f]{10}");
	}

	@Test
	void choosesHandlersByType() throws Exception {
		Queue<String> texts = new ConcurrentLinkedQueue<>();
		AmqpSubscriber subscriber = this.bed.subscriber(Listener.builder()
			.on(7, Integer.class, (payload, context) -> texts.add("seven " + payload))
			.on(8, String.class, (payload, context) -> texts.add("eight " + payload))
			.build());
		subscriber.start();
		this.bed.publish("1", QueueBed.properties().headers(Map.of(AmqpCodec.TYPE_ID, 7)).build());
		this.bed.publish("\"x\"", QueueBed.properties().headers(Map.of(AmqpCodec.TYPE_ID, 8L)).build());
		this.bed.publish("1", QueueBed.properties().headers(Map.of(AmqpCodec.TYPE_ID, 9)).build());
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 1);
		assertThat(texts).containsExactly("seven 1", "eight x");
		assertThat(header(this.bed.take(this.bed.deadLetters), DeadLetters.REASON)).isEqualTo("unhandled");
	}

	@Test
	void triesAgainAndPutsAsideWhatFailsForGood() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> {
			if (payload == 1) {
				attempts.incrementAndGet();
				throw new IllegalStateException("one is bad");
			}
			return handle(payload, context);
		});
		this.bed.publish(0, 1);
		this.bed.publish("1", QueueBed.properties().headers(Map.of("colour", "red")).expiration("60000").build());
		this.bed.publish(2, 3);
		awaitHandled(2);
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 1);
		GetResponse letter = this.bed.take(this.bed.deadLetters);
		assertThat(letter.getBody()).isEqualTo("1".getBytes(StandardCharsets.UTF_8));
		assertThat(header(letter, DeadLetters.REASON)).isEqualTo("failed");
		assertThat(header(letter, DeadLetters.ATTEMPTS)).isEqualTo("3");
		assertThat(header(letter, DeadLetters.ENDPOINT)).isEqualTo(this.bed.name);
		assertThat(header(letter, DeadLetters.ERROR)).isEqualTo("one is bad");
		assertThat(header(letter, DeadLetters.ROUTING_KEY)).isEqualTo(this.bed.name);
		assertThat(header(letter, "colour")).isEqualTo("red");
		assertThat(letter.getProps().getExpiration()).isNull();
		assertThat(attempts).hasValue(3);
		assertThat(this.handled).containsExactly(0, 2);
		assertThat(subscriber.counters().get(Counter.DEAD_LETTERED)).isEqualTo(1);
		assertThat(subscriber.counters().get(Counter.RETRIED)).isEqualTo(2);
		assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
		this.bed.awaitDepth(0);
	}

	@Test
	void putsAsideAtOnceWhatCannotBeDecoded() throws Exception {
		AmqpSubscriber subscriber = this.bed.start(this::handle);
		this.bed.publish("no json", QueueBed.properties().build());
		this.bed.publish("1", new AMQP.BasicProperties.Builder().contentType("application/unheard-of").build());
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 2);
		for (int i = 0; i < 2; i++) {
			GetResponse letter = this.bed.take(this.bed.deadLetters);
			assertThat(header(letter, DeadLetters.REASON)).isEqualTo("undecodable");
			assertThat(header(letter, DeadLetters.ATTEMPTS)).isEqualTo("0");
		}
		assertThat(subscriber.counters().get(Counter.UNDECODABLE)).isEqualTo(2);
		assertThat(this.handled).isEmpty();
	}

	@Test
	void putsAsideAlthoughTheExchangeWasDeletedMeanwhile() throws Exception {
		this.bed.start(this::handle);
		this.bed.channel().queueDelete(this.bed.deadLetters);
		this.bed.publish("no json", QueueBed.properties().build());
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 1);
	}

	@Test
	void rejectsWhatFailsForGoodWhereNothingIsPutAside() throws Exception {
		this.bed.puttingAside = false;
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> {
			throw new IllegalStateException("bad");
		});
		this.bed.publish(0, 1);
		Waiting.until(() -> subscriber.counters().get(Counter.REJECTED) == 1);
		assertThat(subscriber.stop(Duration.ofSeconds(5)).returned()).isZero();
		this.bed.awaitDepth(0);
	}

	@Test
	void replaysWhatWasPutAside() throws Exception {
		AtomicInteger bad = new AtomicInteger(1);
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> {
			if (bad.get() == 1) {
				throw new IllegalStateException("bad");
			}
			assertThat(context.headers()).doesNotContainKeys(DeadLetters.REASON, "x-death");
			return handle(payload, context);
		});
		this.bed.publish(0, 5);
		this.bed.publish("no json", QueueBed.properties().build());
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 6);
		bad.set(0);
		assertThat(subscriber.replay(2)).isEqualTo(2);
		awaitHandled(2);
		assertThat(subscriber.replay(100, (headers) -> "failed".equals(headers.get(DeadLetters.REASON)))).isEqualTo(3);
		awaitHandled(5);
		assertThat(this.handled).containsExactly(0, 1, 2, 3, 4);
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 1);
		assertThat(subscriber.replay(100)).isEqualTo(1);
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 1);
	}

	@Test
	void leavesAcknowledgementToTheHandler() throws Exception {
		this.bed.ack = Ack.MANUAL;
		Queue<MessageContext> contexts = new ConcurrentLinkedQueue<>();
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> contexts.add(context));
		this.bed.publish(0, 4);
		Waiting.until(() -> contexts.size() == 4);
		List<MessageContext> four = List.copyOf(contexts);
		four.get(2).acknowledgment().acknowledge();
		four.get(0).acknowledgment().acknowledge();
		four.get(1).acknowledgment().reject(false);
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 1);
		four.get(3).acknowledgment().reject(true);
		Waiting.until(() -> contexts.size() == 5);
		assertThat(header(this.bed.take(this.bed.deadLetters), DeadLetters.REASON)).isEqualTo("rejected");
		StopReport report = subscriber.stop(Duration.ofMillis(100));
		assertThat(report.returned()).isEqualTo(1);
		this.bed.awaitDepth(1);
	}

	@Test
	void acknowledgesFirstWhereThatIsWanted() throws Exception {
		this.bed.ack = Ack.FIRST;
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> {
			handle(payload, context);
			throw new IllegalStateException("bad");
		});
		this.bed.publish(0, 3);
		Waiting.until(() -> subscriber.counters().get(Counter.HANDLER_FAILED) == 3);
		assertThat(this.handled).containsExactly(0, 1, 2);
		subscriber.stop(Duration.ofSeconds(5));
		this.bed.awaitDepth(0);
		assertThat(this.bed.depth(this.bed.deadLetters)).isZero();
	}

	@Test
	void returnsWhatIsUnfinishedWhenItStops() throws Exception {
		CountDownLatch begun = new CountDownLatch(10);
		CountDownLatch finish = new CountDownLatch(1);
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> {
			begun.countDown();
			if (payload == 9) {
				finish.await();
			}
			return handle(payload, context);
		});
		this.bed.publish(0, 1000);
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<StopReport> stopping = CompletableFuture
			.supplyAsync(() -> subscriber.stop(Duration.ofSeconds(30)));
		Waiting.until(() -> this.bed.channel().queueDeclarePassive(this.bed.name).getConsumerCount() == 0);
		long waiting = this.bed.depth();
		finish.countDown();
		StopReport report = stopping.get(20, TimeUnit.SECONDS);
		assertThat(this.handled).containsExactlyElementsOf(numbers(10));
		assertThat(report.handled()).isEqualTo(1);
		this.bed.awaitDepth(990);
		assertThat(report.returned()).isEqualTo(990 - waiting);
		assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(20));
	}

	@Test
	void givesUpHandlersThatDoNotFinishInTime() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> {
			begun.countDown();
			new CountDownLatch(1).await();
			return null;
		});
		this.bed.publish(0, 10);
		begun.await();
		Waiting.until(() -> this.bed.depth() == 0);
		StopReport report = subscriber.stop(Duration.ofMillis(300));
		assertThat(report.returned()).isEqualTo(10);
		Waiting.until(() -> this.bed.depth() == 10);
		assertThat(report.elapsed()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(10));
	}

	@Test
	void doesNotWaitForARetryWhenItStops() throws Exception {
		this.bed.retry = new SubscriberOptions.Retry(3, Duration.ofMinutes(1), 1, Duration.ofMinutes(1));
		AtomicInteger attempts = new AtomicInteger();
		AmqpSubscriber subscriber = this.bed.start((payload, context) -> {
			attempts.incrementAndGet();
			throw new IllegalStateException("bad");
		});
		this.bed.publish(0, 3);
		Waiting.until(() -> attempts.get() == 1);
		StopReport report = subscriber.stop(Duration.ofSeconds(60));
		assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(20));
		this.bed.awaitDepth(3);
		assertThat(report.returned()).isEqualTo(3);
	}

}
