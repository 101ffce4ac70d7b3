package io.gestalt.amqp.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.RequestExpiredException;
import io.gestalt.endpoint.RequestRejectedException;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.message.Counter;
import io.gestalt.message.RemoteException;
import io.gestalt.message.SendException;
import io.gestalt.test.fault.FaultProxy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a requester and a responder promise each other. */
interface RpcContract extends AmqpContract {

	@Test
	default void aRequestGetsItsReply() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.responder(new Desk((question) -> "Hello " + question));
			AmqpRequester quotes = bed.requester().quotes();
			assertThat(get(quotes.request("Ada", String.class))).isEqualTo("Hello Ada");
			assertThat(quotes.pending()).isZero();
			assertThat(quotes.state()).isEqualTo(EndpointState.READY);
		}
	}

	@Test
	default void repliesMayComeLater() throws Exception {
		try (Bed bed = new Bed(broker())) {
			CompletableFuture<String> slow = new CompletableFuture<>();
			bed.responder(new Desk((question) -> question.equals("slow") ? slow
					: CompletableFuture.supplyAsync(() -> question + "!")));
			AmqpRequester quotes = bed.requester().quotes();
			CompletableFuture<String> first = quotes.request("slow", String.class);
			List<CompletableFuture<String>> others = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				others.add(quotes.request("q" + i, String.class));
			}
			for (int i = 0; i < 500; i++) {
				assertThat(get(others.get(i))).isEqualTo("q" + i + "!");
			}
			assertThat(first).isNotDone();
			slow.complete("at last");
			assertThat(get(first)).isEqualTo("at last");
		}
	}

	@Test
	default void respondersShareTheWork() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Desk one = new Desk((question) -> "one");
			Desk two = new Desk((question) -> "two");
			bed.responder(one, "prefetch=1");
			bed.responder(two, "prefetch=1");
			AmqpRequester quotes = bed.requester().quotes();
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < 400; i++) {
				replies.add(quotes.request("q" + i, String.class));
			}
			for (CompletableFuture<String> reply : replies) {
				assertThat(get(reply)).isIn("one", "two");
			}
			assertThat(one.begun).isNotEmpty();
			assertThat(two.begun).isNotEmpty();
			assertThat(one.begun.size() + two.begun.size()).isEqualTo(400);
		}
	}

	@Test
	default void failuresAreToldByCodeAndText() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.responder(new Desk((question) -> {
				throw question.equals("tea") ? new RemoteException("out-of-stock", "No more of " + question)
						: new IllegalStateException("secret");
			}));
			AmqpRequester quotes = bed.requester().quotes();
			RemoteException meant = failure(RemoteException.class, quotes.request("tea", String.class));
			assertThat(meant.code()).isEqualTo("out-of-stock");
			assertThat(meant).hasMessage("No more of tea");
			RemoteException other = failure(RemoteException.class, quotes.request("milk", String.class));
			assertThat(other.code()).isEqualTo(RemoteException.INTERNAL);
			assertThat(other.getMessage()).doesNotContain("secret");
		}
	}

	@Test
	default void isToldAtOnceThatThereIsNoService() throws Exception {
		try (Bed bed = new Bed(broker())) {
			AmqpRequester quotes = bed.requester("request-timeout=10m").quotes();
			assertThat(failure(SendException.class, quotes.request("Ada", String.class)).reason())
				.isEqualTo(Counter.RETURNED);
		}
	}

	@Test
	default void isToldThatARequestWasRejected() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.responder(new Desk((question) -> {
				throw new IllegalStateException("on purpose");
			}), "error-replies=false");
			AmqpRequester quotes = bed.requester().quotes();
			failure(RequestRejectedException.class, quotes.request("Ada", String.class));
		}
	}

	@Test
	default void isToldThatNobodyHasBegunWithARequest() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.responder(new Desk((question) -> question)).close();
			AmqpRequester quotes = bed.requester("request-timeout=2s").quotes();
			RequestExpiredException expired = failure(RequestExpiredException.class,
					quotes.request("Ada", String.class));
			assertThat(expired.elapsed()).isLessThan(Duration.ofSeconds(2));
		}
	}

	@Test
	default void isToldThatARequestTakesTooLong() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Semaphore go = new Semaphore(0);
			Desk desk = new Desk((question) -> {
				go.acquire();
				return question;
			});
			Application responder = bed.responder(desk);
			AmqpRequester quotes = bed.requester().quotes();
			RequestTimeoutException timeout = failure(RequestTimeoutException.class,
					quotes.request("slow", String.class, Duration.ofSeconds(1)));
			assertThat(timeout.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(950));
			failure(RequestTimeoutException.class, quotes.request("stale", String.class, Duration.ofMillis(300)));
			failure(RequestTimeoutException.class, quotes.request("later", String.class, Duration.ofMillis(300)));
			go.release(10);
			assertThat(get(quotes.request("next", String.class))).isEqualTo("next");
			assertThat(desk.begun).contains("slow", "next").doesNotContain("stale");
			assertThat(quotes.counters().get(Counter.LATE_REPLIES)).isPositive();
			assertThat(responder.desk().counters().get(Counter.EXPIRED)).isPositive();
		}
	}

	@Test
	default void duplicatesOfAReplyAreHarmless() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Channel channel = bed.channel();
			channel.queueDeclare(bed.name, false, false, true, null);
			channel.basicConsume(bed.name, true, (tag, request) -> {
				AMQP.BasicProperties properties = Bed.json()
					.correlationId(request.getProperties().getCorrelationId())
					.build();
				for (int i = 0; i < 3; i++) {
					channel.basicPublish("", request.getProperties().getReplyTo(), properties,
							"\"again\"".getBytes(StandardCharsets.UTF_8));
				}
			}, (tag) -> {
			});
			AmqpRequester quotes = bed.requester().quotes();
			assertThat(get(quotes.request("Ada", String.class))).isEqualTo("again");
			Bed.until(() -> quotes.counters().get(Counter.LATE_REPLIES) == 2);
			assertThat(get(quotes.request("Bob", String.class))).isEqualTo("again");
		}
	}

	@Test
	default void isToldThatItsConnectionWasLost() throws Exception {
		try (FaultProxy proxy = broker().proxy(); Bed bed = new Bed(broker())) {
			Semaphore go = new Semaphore(0);
			Desk desk = new Desk((question) -> {
				go.acquire();
				return question;
			});
			bed.responder(desk);
			AmqpRequester quotes = bed.requester("spring.rabbitmq.port=" + proxy.port()).quotes();
			CompletableFuture<String> reply = quotes.request("Ada", String.class);
			Bed.until(() -> desk.begun.size() == 1);
			proxy.cut();
			assertThat(failure(SendException.class, reply).reason()).isEqualTo(Counter.DROPPED_LOST);
			go.release(10);
			assertThat(get(quotes.request("Bob", String.class))).isEqualTo("Bob");
		}
	}

	@Test
	default void anotherResponderAnswersWhatOneHasLost() throws Exception {
		try (FaultProxy proxy = broker().proxy(); Bed bed = new Bed(broker())) {
			Semaphore go = new Semaphore(0);
			Desk stuck = new Desk((question) -> {
				go.acquire();
				return "too late";
			});
			bed.responder(stuck, "spring.rabbitmq.port=" + proxy.port());
			AmqpRequester quotes = bed.requester().quotes();
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				replies.add(quotes.request("q" + i, String.class));
			}
			Bed.until(() -> stuck.begun.size() == 1);
			proxy.refuse(true).cut();
			bed.responder(new Desk((question) -> question));
			for (int i = 0; i < 20; i++) {
				assertThat(get(replies.get(i))).isEqualTo("q" + i);
			}
			go.release(100);
		}
	}

	static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(30, TimeUnit.SECONDS);
	}

	static <X extends Throwable> X failure(Class<X> type, CompletableFuture<?> future) throws Exception {
		try {
			throw new AssertionError("It did not fail but was " + future.get(30, TimeUnit.SECONDS));
		}
		catch (ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOf(type);
			return type.cast(ex.getCause());
		}
	}

}
