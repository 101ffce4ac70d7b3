package io.gestalt.amqp.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.message.Acknowledgment;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a message when its handler is done with it, or cannot be. */
interface AcknowledgmentContract extends AmqpContract {

	@Test
	default void acknowledgesWhenTheHandlerIsDoneNotBefore() throws Exception {
		try (Bed bed = new Bed(broker())) {
			CompletableFuture<Object> later = new CompletableFuture<>();
			Ticks ticks = new Ticks((number, acknowledgment) -> later);
			Application application = bed.subscriber(ticks);
			bed.publish(1, 2);
			Bed.until(() -> ticks.seen.size() == 1);
			application.ticks().stop(java.time.Duration.ZERO);
			assertThat(bed.await(bed.queue).getEnvelope().isRedeliver()).isTrue();
			later.complete(null);
		}
	}

	@Test
	default void leavesNothingBehindWhenAFutureIsDone() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks((number, acknowledgment) -> CompletableFuture.supplyAsync(() -> null));
			Application application = bed.subscriber(ticks);
			bed.publish(0, 100);
			Bed.until(() -> bed.depth(bed.queue) == 0 && ticks.seen.size() == 100);
			assertThat(application.ticks().stop(Bed.SOON).returned()).isZero();
			assertThat(bed.take(bed.queue)).isNull();
		}
	}

	@Test
	default void triesAgainInPlaceAndThenPutsAside() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				if (number == 1) {
					throw new IllegalStateException("no " + number);
				}
				return null;
			});
			Application application = bed.subscriber(ticks);
			bed.publish("0", Bed.json().build());
			bed.publish("1", Bed.json().headers(Map.of("trace", "abc")).build());
			bed.publish("2", Bed.json().build());
			GetResponse letter = bed.await(bed.deadLetters);
			Bed.awaitExactly(ticks, List.of(0, 2));
			assertThat(ticks.begun).containsExactly(0, 1, 1, 1, 2);
			assertThat(letter.getBody()).asString().isEqualTo("1");
			assertThat(letter.getProps().getContentType()).isEqualTo("application/json");
			assertHeaders(letter,
					Map.of("x-gestalt-reason", "failed", "x-gestalt-error", "no 1", "x-gestalt-endpoint", "ticks",
							"x-gestalt-attempts", "3", "x-gestalt-exchange", bed.name, "x-gestalt-routing-key", "tick",
							"trace", "abc"));
			assertThat(application.ticks().counters().get(Counter.DEAD_LETTERED)).isEqualTo(1);
			assertThat(application.ticks().counters().get(Counter.RETRIED)).isEqualTo(2);
			Bed.until(() -> bed.depth(bed.queue) == 0);
		}
	}

	private static void assertHeaders(GetResponse letter, Map<String, String> expected) {
		expected.forEach((name, value) -> assertThat(letter.getProps().getHeaders().get(name)).hasToString(value));
	}

	@Test
	default void putsAsideAtOnceWhatCannotBeDecoded() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			bed.subscriber(ticks);
			bed.publish("no number", Bed.json().build());
			bed.publish("1", Bed.json().contentType("application/unheard-of").build());
			bed.publish("2", Bed.json().build());
			assertHeaders(bed.await(bed.deadLetters),
					Map.of("x-gestalt-reason", "undecodable", "x-gestalt-attempts", "0"));
			assertHeaders(bed.await(bed.deadLetters), Map.of("x-gestalt-reason", "undecodable"));
			Bed.awaitExactly(ticks, List.of(2));
			assertThat(ticks.begun).containsExactly(2);
		}
	}

	@Test
	default void replaysWhatWasPutAside() throws Exception {
		try (Bed bed = new Bed(broker())) {
			CompletableFuture<Void> content = new CompletableFuture<>();
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				if (number % 2 == 1 && !content.isDone()) {
					throw new IllegalStateException("not yet");
				}
				return null;
			});
			AmqpSubscriber subscriber = bed.subscriber(ticks, "retry.attempts=1").ticks();
			bed.publish(0, 10);
			Bed.until(() -> subscriber.counters().get(Counter.DEAD_LETTERED) == 5);
			content.complete(null);
			assertThat(subscriber.replay(3)).isEqualTo(3);
			Bed.until(() -> ticks.seen.size() == 8);
			assertThat(subscriber.replay(100, (headers) -> "failed".equals(headers.get("x-gestalt-reason"))))
				.isEqualTo(2);
			Bed.awaitExactly(ticks, List.of(0, 2, 4, 6, 8, 1, 3, 5, 7, 9));
			assertThat(bed.depth(bed.deadLetters)).isZero();
			assertThat(ticks.headers).last()
				.satisfies((headers) -> assertThat(headers).doesNotContainKey("x-gestalt-reason"));
		}
	}

	@Test
	default void putsAsideWhatAHandlerRejects() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				acknowledgment.reject(false);
				return null;
			});
			bed.subscriber(ticks);
			bed.publish(1, 2);
			assertHeaders(bed.await(bed.deadLetters), Map.of("x-gestalt-reason", "rejected"));
			assertThat(ticks.begun).containsExactly(1);
		}
	}

	@Test
	default void whatIsRejectedWithNowhereToGoIsGone() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				if (number == 1) {
					throw new IllegalStateException("no " + number);
				}
				return null;
			});
			Application application = bed.subscriber(ticks, "dead-letter.enabled=false", "retry.attempts=1");
			bed.publish(0, 20);
			Bed.until(() -> ticks.seen.size() == 19);
			bed.publish(20, 40);
			Bed.until(() -> ticks.seen.size() == 39);
			assertThat(ticks.begun).containsExactlyElementsOf(Bed.numbers(0, 40));
			assertThat(application.ticks().counters().get(Counter.REJECTED)).isEqualTo(1);
			assertThat(application.ticks().stop(Bed.SOON).returned()).isZero();
			assertThat(bed.take(bed.queue)).isNull();
		}
	}

	@Test
	default void deliversAgainWhatAHandlerGivesBack() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			Ticks moody = new Ticks((number, acknowledgment) -> {
				acknowledgment.reject(true);
				return null;
			});
			Application application = bed.subscriber(moody);
			bed.publish(1, 2);
			Bed.until(() -> moody.begun.size() >= 2);
			application.close();
			assertThat(moody.headers).first()
				.satisfies((headers) -> assertThat(headers).containsEntry("amqp_redelivered", false));
			assertThat(moody.headers.stream().skip(1)).isNotEmpty()
				.allSatisfy((headers) -> assertThat(headers).containsEntry("amqp_redelivered", true));
			if (moody.begun.size() < 20) {
				bed.subscriber(ticks);
				Bed.awaitExactly(ticks, List.of(1));
			}
		}
	}

	@Test
	default void aHandlerMayAcknowledgeItself() throws Exception {
		try (Bed bed = new Bed(broker())) {
			CompletableFuture<Acknowledgment> first = new CompletableFuture<>();
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				if (number == 0) {
					first.complete(acknowledgment);
				}
				else {
					acknowledgment.acknowledge();
				}
				return null;
			});
			Application application = bed.subscriber(ticks, "ack=manual");
			bed.publish(0, 3);
			Bed.awaitExactly(ticks, List.of(0, 1, 2));
			first.join();
			application.ticks().stop(java.time.Duration.ofSeconds(1));
			assertThat(bed.await(bed.queue).getBody()).asString().isEqualTo("0");
			assertThat(bed.take(bed.queue)).isNull();
		}
	}

	@Test
	default void mayAcknowledgeFirst() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				throw new IllegalStateException("on purpose");
			});
			Application application = bed.subscriber(ticks, "ack=first");
			bed.publish(0, 10);
			Bed.until(() -> ticks.begun.size() == 10);
			Bed.until(() -> application.ticks().counters().get(Counter.HANDLER_FAILED) == 10);
			application.ticks().stop(Bed.SOON);
			assertThat(bed.take(bed.queue)).isNull();
			assertThat(bed.take(bed.deadLetters)).isNull();
			assertThat(ticks.begun).containsExactlyElementsOf(Bed.numbers(0, 10));
		}
	}

	@Test
	default void aMessageThatEndsItsConsumersIsPutAsideAtLast() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.subscriber(new Ticks()).close();
			bed.publish(1, 2);
			for (int i = 0; i < 21; i++) {
				com.rabbitmq.client.Channel doomed = bed.channel();
				Bed.until(() -> doomed.basicGet(bed.queue, false) != null || bed.depth(bed.deadLetters) == 1);
				doomed.abort();
			}
			Bed.until(() -> bed.depth(bed.deadLetters) == 1);
			assertThat(bed.take(bed.queue)).isNull();
		}
	}

}
