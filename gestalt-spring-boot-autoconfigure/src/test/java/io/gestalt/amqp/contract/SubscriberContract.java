package io.gestalt.amqp.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.AmqpHeaders;
import io.gestalt.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a subscriber promises about who gets what, and in which order. */
interface SubscriberContract extends AmqpContract {

	@Test
	default void keepsTheOrder() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			bed.subscriber(ticks);
			bed.publish(0, 1000);
			Bed.awaitExactly(ticks, Bed.numbers(0, 1000));
			Bed.until(() -> bed.depth(bed.queue) == 0);
		}
	}

	@Test
	default void getsWhatItsRoutingKeysSay() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			bed.subscriber(ticks, "routing-keys=price.*.eur,trade.#");
			Application application = bed.publisher();
			List<String> keys = List.of("price.oil.eur", "price.eur", "trade", "trade.a.b", "price.oil.usd", "trader",
					"trade.end");
			for (int i = 0; i < keys.size(); i++) {
				application.prices().sendAsync(AmqpHeaders.routed(keys.get(i), i)).join();
			}
			Bed.awaitExactly(ticks, List.of(0, 2, 3, 6));
		}
	}

	@Test
	default void keepsWhatComesWhileNobodyIsThere() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			bed.subscriber(ticks).close();
			bed.publish(0, 10);
			assertThat(ticks.seen).isEmpty();
			bed.subscriber(ticks);
			Bed.awaitExactly(ticks, Bed.numbers(0, 10));
		}
	}

	@Test
	default void sharesTheWorkOfAGroup() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks one = new Ticks();
			Ticks two = new Ticks();
			bed.subscriber(one, "prefetch=1");
			bed.subscriber(two, "prefetch=1");
			bed.publish(0, 400);
			Bed.until(() -> one.seen.size() + two.seen.size() >= 400);
			assertThat(Stream.concat(one.seen.stream(), two.seen.stream()).sorted())
				.containsExactlyElementsOf(Bed.numbers(0, 400));
			assertThat(one.seen).isNotEmpty();
			assertThat(two.seen).isNotEmpty();
		}
	}

	@Test
	default void givesEachGroupAll() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks one = new Ticks();
			Ticks two = new Ticks();
			bed.subscriber(one);
			bed.subscriber(two, "queue-name=" + bed.name);
			bed.publish(0, 100);
			Bed.awaitExactly(one, Bed.numbers(0, 100));
			Bed.awaitExactly(two, Bed.numbers(0, 100));
		}
	}

	@Test
	default void broadcastsToEveryInstanceThatIsThere() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks one = new Ticks();
			Ticks two = new Ticks();
			bed.subscriber(one, "mode=broadcast");
			Application second = bed.subscriber(two, "mode=broadcast");
			bed.publish(0, 100);
			Bed.awaitExactly(one, Bed.numbers(0, 100));
			Bed.awaitExactly(two, Bed.numbers(0, 100));
			second.close();
			bed.publish(100, 110);
			Bed.awaitExactly(one, Bed.numbers(0, 110));
			assertThat(two.seen).hasSize(100);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "quorum", "classic" })
	default void anExclusiveSubscriberIsFollowedByTheNext(String type) throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks one = new Ticks();
			Ticks two = new Ticks();
			Application first = bed.subscriber(one, "mode=exclusive", "queue-type=" + type);
			CompletableFuture<Application> second = CompletableFuture
				.supplyAsync(() -> bed.subscriber(two, "mode=exclusive", "queue-type=" + type));
			bed.publish(0, 100);
			Bed.awaitExactly(one, Bed.numbers(0, 100));
			if (type.equals("quorum")) {
				second.join();
			}
			bed.publish(100, 110);
			Bed.awaitExactly(one, Bed.numbers(0, 110));
			first.close();
			bed.publish(110, 200);
			Bed.awaitExactly(two, Bed.numbers(110, 200));
			second.join();
		}
	}

	@Test
	default void oneActiveConsumerKeepsTheOrderOverAllInstances() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks both = new Ticks();
			Application first = bed.subscriber(both, "single-active-consumer=true", "prefetch=5");
			bed.subscriber(both, "single-active-consumer=true");
			bed.publish(0, 500);
			Bed.until(() -> both.seen.size() > 100);
			first.close();
			Bed.awaitExactly(both, Bed.numbers(0, 500));
		}
	}

	@Test
	default void handlesAtTheSameTimeIfAsked() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Semaphore go = new Semaphore(0);
			Ticks ticks = new Ticks((number, acknowledgment) -> {
				go.acquire();
				return null;
			});
			bed.subscriber(ticks, "concurrency=3", "prefetch=1");
			bed.publish(0, 10);
			Bed.until(() -> ticks.begun.size() == 3);
			go.release(10);
			Bed.until(() -> ticks.seen.size() == 10);
		}
	}

	@Test
	default void hasNoMoreThanItsPrefetchCount() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Semaphore go = new Semaphore(0);
			Ticks slow = new Ticks((number, acknowledgment) -> {
				go.acquire();
				return null;
			});
			Ticks quick = new Ticks();
			bed.subscriber(slow, "prefetch=3");
			bed.publish(0, 10);
			Bed.until(() -> slow.begun.size() == 1);
			bed.subscriber(quick);
			Bed.awaitExactly(quick, Bed.numbers(3, 10));
			go.release(3);
			Bed.awaitExactly(slow, Bed.numbers(0, 3));
		}
	}

	@Test
	default void collectsBatches() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Batches batches = new Batches();
			bed.subscriber(batches, "batch.size=10", "batch.timeout=200ms");
			bed.publish(0, 95);
			Bed.until(() -> batches.count() == 95);
			assertThat(batches.seen.stream().flatMap(List::stream)).containsExactlyElementsOf(Bed.numbers(0, 95));
			assertThat(batches.seen).allMatch((batch) -> batch.size() <= 10);
			Bed.until(() -> bed.depth(bed.queue) == 0);
		}
	}

	@Test
	default void readsALogFromItsBeginning() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks early = new Ticks();
			Ticks late = new Ticks();
			bed.subscriber(early, "queue-type=stream", "offset=first");
			bed.publish(0, 100);
			Bed.awaitExactly(early, Bed.numbers(0, 100));
			bed.subscriber(late, "queue-type=stream", "offset=70");
			Bed.awaitExactly(late, Bed.numbers(70, 100));
		}
	}

	@Test
	default void decodesWhatTheHeadersSay() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			bed.subscriber(ticks);
			for (String codec : List.of("json none", "msgpack none", "json gzip", "msgpack zlib")) {
				String[] words = codec.split(" ");
				Application application = bed.publisher("codec.serializer=" + words[0], "codec.compression=" + words[1],
						"codec.compression-threshold=0B");
				int count = ticks.seen.size() + 1;
				application.prices().sendAsync(count).join();
				Bed.until(() -> ticks.seen.size() == count);
				application.close();
			}
			assertThat(ticks.seen).containsExactly(1, 2, 3, 4);
			assertThat(ticks.headers).extracting((headers) -> headers.get("contentType"))
				.containsExactly("application/json", "application/msgpack", "application/json", "application/msgpack");
		}
	}

	@Test
	default void showsHeadersToItsHandler() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			bed.subscriber(ticks);
			Map<String, Object> headers = Map.of("trace", "abc", "count", 3, "list", List.of("a", "b"), "map",
					Map.of("deep", "yes"));
			bed.publisher().prices().sendAsync(new Message<>(7, 0, headers)).join();
			Bed.awaitExactly(ticks, List.of(7));
			assertThat(ticks.headers.peek()).containsAllEntriesOf(headers)
				.containsEntry("amqp_receivedExchange", bed.name)
				.containsEntry("amqp_receivedRoutingKey", "prices")
				.containsEntry("amqp_redelivered", false);
		}
	}

	@Test
	default void repliesToWhoeverWaits() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.subscriber(new Ticks((number, acknowledgment) -> number * 2));
			String replies = bed.channel().queueDeclare("", false, false, true, Map.of()).getQueue();
			bed.publish("21", Bed.json().replyTo(replies).correlationId("7").build());
			GetResponse reply = bed.await(replies);
			assertThat(reply.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("42");
			assertThat(reply.getProps().getCorrelationId()).isEqualTo("7");
		}
	}

}
