package io.gestalt.amqp.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.AmqpHeaders;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.message.Message;
import io.gestalt.message.SendException;
import io.gestalt.test.fault.FaultProxy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a publisher promises. */
interface PublisherContract extends AmqpContract {

	@Test
	default void isToldWhenTheBrokerHasAMessage() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher();
			String queue = bed.bind("#");
			application.prices().sendAsync(7).get(10, TimeUnit.SECONDS);
			GetResponse got = bed.take(queue);
			assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("prices");
			assertThat(got.getProps().getContentType()).isEqualTo("application/json");
			assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
			assertThat(got.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("7");
			assertThat(application.prices().counters().get(Counter.SENT)).isEqualTo(1);
			assertThat(application.prices().state()).isEqualTo(EndpointState.READY);
		}
	}

	@Test
	default void hasNoMoreUnderWayThanItsWindow() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher("window=50");
			String queue = bed.bind("#");
			List<CompletableFuture<Void>> sent = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				sent.add(application.prices().sendAsync(i));
				assertThat(application.prices().unconfirmed()).isLessThanOrEqualTo(50);
			}
			CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
			assertThat(application.prices().unconfirmed()).isZero();
			assertThat(bed.drain(queue)).isEqualTo(1000);
		}
	}

	@Test
	default void isToldThatNoQueueWantsAMandatoryMessage() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher("mandatory=true");
			String queue = bed.bind("wanted");
			SendException failure = failure(application.prices().sendAsync(1));
			assertThat(failure.reason()).isEqualTo(Counter.RETURNED);
			assertThat(failure).hasMessageContaining("returned a message for exchange '%s' and routing key 'prices'",
					bed.name);
			application.prices().sendAsync(AmqpHeaders.routed("wanted", 2)).get(10, TimeUnit.SECONDS);
			assertThat(bed.take(queue).getBody()).asString(StandardCharsets.UTF_8).isEqualTo("2");
			assertThat(application.prices().counters().get(Counter.RETURNED)).isEqualTo(1);
			assertThat(application.prices().counters().get(Counter.NACKED)).isZero();
		}
	}

	@Test
	default void mayPublishWhatNoQueueWants() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher();
			application.prices().sendAsync(1).get(10, TimeUnit.SECONDS);
			assertThat(application.prices().counters().get(Counter.SENT)).isEqualTo(1);
		}
	}

	@Test
	default void publishesWithoutConfirmsIfAsked() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher("delivery=at-most-once");
			String queue = bed.bind("#");
			application.prices().sendAsync(7).get(10, TimeUnit.SECONDS);
			assertThat(bed.await(queue).getBody()).asString(StandardCharsets.UTF_8).isEqualTo("7");
		}
	}

	@Test
	default void eachMessageMayHaveItsRoutingKey() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher();
			String one = bed.bind("price.*.eur");
			String all = bed.bind("price.#");
			for (String key : List.of("price.oil.eur", "price.oil.usd", "price", "price.a.b.eur", "other.oil.eur")) {
				application.prices().sendAsync(AmqpHeaders.routed(key, 1)).get(10, TimeUnit.SECONDS);
			}
			assertThat(bed.drain(one)).isEqualTo(1);
			assertThat(bed.drain(all)).isEqualTo(4);
		}
	}

	@Test
	default void carriesHeadersOfEveryKind() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher();
			String queue = bed.bind("#");
			Map<String, Object> headers = Map.of("text", "ä", "number", 3, "long", 1L << 40, "flag", true, "list",
					List.of("a", 1), "map", Map.of("deep", "yes"));
			application.prices().sendAsync(new Message<>(7, 0, headers)).get(10, TimeUnit.SECONDS);
			Map<String, Object> got = bed.take(queue).getProps().getHeaders();
			assertThat(got).hasSize(6).containsEntry("number", 3).containsEntry("flag", true);
			assertThat(got.get("text")).hasToString("ä");
			assertThat(((Number) got.get("long")).longValue()).isEqualTo(1L << 40);
			assertThat(got.get("list")).hasToString("[a, 1]");
			assertThat(got.get("map")).hasToString("{deep=yes}");
		}
	}

	@Test
	default void whatIsPassedOnDoesNotSayHowItCame() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher("routing-key=passed");
			String queue = bed.bind("passed");
			bed.subscriber(new PassingOn(application.prices()), "routing-keys=tick");
			bed.publish("7", Bed.json().headers(Map.of("trace", "abc")).messageId("m").replyTo("nobody").build());
			assertThat(bed.await(queue).getProps().getHeaders()).hasToString("{trace=abc}");
		}
	}

	@Test
	default void carriesLargeMessages() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher();
			String queue = bed.bind("#");
			String large = "x".repeat(5_000_000);
			application.prices().sendAsync(large).get(30, TimeUnit.SECONDS);
			assertThat(bed.take(queue).getBody()).hasSize(large.length() + 2);
		}
	}

	@Test
	default void opensAnotherConnectionWhenItsOwnIsLost() throws Exception {
		try (FaultProxy proxy = broker().proxy(); Bed bed = new Bed(broker())) {
			Application application = bed.publisher("spring.rabbitmq.port=" + proxy.port());
			String queue = bed.bind("#");
			for (int i = 0; i < 5; i++) {
				application.prices().sendAsync(i).get(10, TimeUnit.SECONDS);
				Bed.until(() -> application.prices().peers().size() == 1);
				long before = application.prices().counters().get(Counter.DISCONNECTED);
				if (i % 2 == 0) {
					proxy.cut();
				}
				else {
					proxy.reset();
				}
				Bed.until(() -> application.prices().counters().get(Counter.DISCONNECTED) > before);
			}
			application.prices().sendAsync(5).get(10, TimeUnit.SECONDS);
			assertThat(bed.drain(queue)).isEqualTo(6);
		}
	}

	@Test
	default void startsBeforeTheBrokerIsReached() throws Exception {
		try (FaultProxy proxy = broker().proxy().refuse(true); Bed bed = new Bed(broker())) {
			Application application = bed.publisher("spring.rabbitmq.port=" + proxy.port());
			assertThat(application.prices().state()).isEqualTo(EndpointState.CONNECTING);
			proxy.heal();
			application.prices().sendAsync(5).get(10, TimeUnit.SECONDS);
			assertThat(application.prices().state()).isEqualTo(EndpointState.READY);
		}
	}

	static SendException failure(CompletableFuture<?> future) throws Exception {
		try {
			future.get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOf(SendException.class);
			return (SendException) ex.getCause();
		}
		throw new AssertionError("It did not fail");
	}

}
