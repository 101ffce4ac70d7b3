package io.gestalt.boot.failed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessages;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.Replayed;
import io.gestalt.message.Message;
import io.gestalt.message.RemoteException;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(180)
class AmqpFailedMessagesTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final String exchange = "orders." + UUID.randomUUID();

	private final String service = "quotes." + UUID.randomUUID();

	private final String deadLetters = this.exchange + ".desk.dead-letter";

	private ConfigurableApplicationContext open(RabbitBroker broker, String... properties) {
		Stream<String> own = Stream.of("gestalt.amqp.publisher.sent.exchange=" + this.exchange,
				"gestalt.amqp.subscriber.orders.exchange=" + this.exchange, "gestalt.amqp.subscriber.orders.group=desk",
				"gestalt.amqp.subscriber.orders.routing-keys=#", "gestalt.amqp.subscriber.orders.retry.attempts=2",
				"gestalt.amqp.subscriber.orders.retry.initial-interval=1ms",
				"gestalt.amqp.responder.desk.service=" + this.service,
				"gestalt.amqp.requester.quotes.service=" + this.service, "spring.main.banner-mode=off",
				"management.health.rabbit.enabled=false");
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(Stream.of(Stream.of(broker.properties()), own, Stream.of(properties))
				.flatMap((part) -> part)
				.map((property) -> "--" + property)
				.toArray(String[]::new));
	}

	private static void publish(ConfigurableApplicationContext context, Object payload) throws Exception {
		context.getBean("sent", Endpoint.class).sendAsync(payload).get(10, TimeUnit.SECONDS);
	}

	private static FailedMessage awaitFirst(ConfigurableApplicationContext context) {
		FailedMessages messages = context.getBean(FailedMessages.class);
		await().atMost(SOON).until(() -> messages.counts(null).kept() > 0);
		return messages.list(null, 0, 1).get(0);
	}

	private long waiting(ConfigurableApplicationContext context, String queue) throws Exception {
		try (Channel channel = context.getBean(ConnectionFactory.class)
			.createConnection()
			.getDelegate()
			.createChannel()) {
			return channel.messageCount(queue);
		}
	}

	private void awaitWaiting(ConfigurableApplicationContext context, int count) {
		await().atMost(SOON).until(() -> waiting(context, this.deadLetters) == count);
	}

	@Test
	void whatWasPutAsideIsKeptTooAndLeavesBothWhenItIsHandledOnceMore(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker)) {
			FailedMessages messages = context.getBean(FailedMessages.class);
			Desk desk = context.getBean(Desk.class);
			publish(context, new Message<>("other", 0, Map.of()));
			publish(context, new Message<>("bad", 0, Map.of("colour", "red")));
			publish(context, new Message<>("bad too", 0, Map.of()));
			await().atMost(SOON).until(() -> messages.counts(null).kept() == 2);
			FailedMessage failed = awaitFirst(context);
			assertThat(failed.failure().reason()).isEqualTo(Reason.FAILED);
			assertThat(failed.failure().attempts()).isEqualTo(2);
			assertThat(failed.aftermath().place()).isEqualTo("dead-letter queue '%s'".formatted(this.deadLetters));
			assertThat(failed.content().headers()).containsEntry("colour", "red")
				.containsEntry("amqp_receivedExchange", this.exchange);
			awaitWaiting(context, 2);
			assertThat(messages.replay(failed.id()).get().handled()).isFalse();
			awaitWaiting(context, 2);
			messages.edit(failed.id(), "\"good\"".getBytes(StandardCharsets.UTF_8));
			assertThat(messages.replay(failed.id()).get().handled()).isTrue();
			awaitWaiting(context, 1);
			assertThat(desk.handled).containsExactly("other", "good");
			assertThat(desk.headers).containsEntry("colour", "red").containsKey("amqp_receivedRoutingKey");
			assertThat(messages.counts("orders").kept()).isEqualTo(1);
		}
	}

	@Test
	void whatSomebodyElseHasMovedBackIsNotHandledTwice(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker)) {
			FailedMessages messages = context.getBean(FailedMessages.class);
			Desk desk = context.getBean(Desk.class);
			publish(context, "bad");
			FailedMessage failed = awaitFirst(context);
			awaitWaiting(context, 1);
			desk.mended = true;
			assertThat(context.getBean(AmqpSubscriber.class).replay(10)).isEqualTo(1);
			await().atMost(SOON).until(() -> desk.handled.equals(List.of("bad")));
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> messages.replay(failed.id()).join())
				.withMessageContaining("is not in dead-letter queue '%s' at present".formatted(this.deadLetters));
			assertThat(desk.handled).containsExactly("bad");
			assertThat(messages.discard(failed.id()).failure().attempts()).isEqualTo(2);
		}
	}

	@Test
	void aFailureThatCannotSayWhatItIsIsSettledAllTheSame(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker)) {
			publish(context, "bad and untellable");
			assertThat(awaitFirst(context).failure().cause()).contains("UntellableException that cannot say");
			awaitWaiting(context, 1);
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(
						() -> context.getBean("quotes", Endpoint.class).request("bad untellable", String.class).join())
				.withCauseInstanceOf(RemoteException.class);
			publish(context, "good");
			await().atMost(SOON).until(() -> context.getBean(Desk.class).handled.equals(List.of("good")));
		}
	}

	@Test
	void othersCanBeReplayedWhileAHandlerTakesItsTime(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker)) {
			FailedMessages messages = context.getBean(FailedMessages.class);
			Desk desk = context.getBean(Desk.class);
			for (String order : List.of("bad 1", "bad 2", "bad slow", "bad 3")) {
				publish(context, order);
			}
			await().atMost(SOON).until(() -> messages.counts(null).kept() == 4);
			awaitWaiting(context, 4);
			desk.mended = true;
			List<FailedMessage> failed = messages.list(null, 0, 10);
			CompletableFuture<Replayed> slow = messages.replay(failed.get(2).id());
			await().atMost(SOON).until(() -> desk.slow);
			awaitWaiting(context, 3);
			for (int other : new int[] { 1, 3, 0 }) {
				assertThat(messages.replay(failed.get(other).id()).get(30, TimeUnit.SECONDS).handled()).isTrue();
			}
			assertThat(slow).isNotDone();
			desk.release.countDown();
			assertThat(slow.get(30, TimeUnit.SECONDS).handled()).isTrue();
			assertThat(desk.handled).containsExactly("bad 2", "bad 3", "bad 1", "bad slow");
			awaitWaiting(context, 0);
			assertThat(messages.counts(null).kept()).isZero();
		}
	}

	@Test
	void whatWasAcknowledgedFirstIsKept(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker, "gestalt.amqp.subscriber.orders.ack=first")) {
			publish(context, "bad");
			FailedMessage failed = awaitFirst(context);
			assertThat(failed.aftermath().place()).isNull();
			context.getBean(Desk.class).mended = true;
			assertThat(context.getBean(FailedMessages.class).replay(failed.id()).get().handled()).isTrue();
			assertThat(context.getBean(Desk.class).handled).containsExactly("bad");
		}
	}

	@Test
	void whatIsNotPutAsideIsKept(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker,
				"gestalt.amqp.subscriber.orders.dead-letter.enabled=false",
				"gestalt.amqp.publisher.sent.codec.serializer=text")) {
			publish(context, "bad text");
			FailedMessage failed = awaitFirst(context);
			assertThat(failed.content().headers()).containsEntry("contentType", "text/plain");
			assertThat(failed.content().payload()).asString().isEqualTo("bad text");
			context.getBean(Desk.class).mended = true;
			assertThat(context.getBean(FailedMessages.class).replay(failed.id()).get().handled()).isTrue();
			assertThat(context.getBean(Desk.class).handled).containsExactly("bad text");
		}
	}

	@Test
	void aMessageOfABatchIsHandledByItselfInAList(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker,
				"gestalt.amqp.subscriber.bulk.exchange=" + this.exchange, "gestalt.amqp.subscriber.bulk.group=bulk",
				"gestalt.amqp.subscriber.bulk.routing-keys=#", "gestalt.amqp.subscriber.bulk.batch.size=10",
				"gestalt.amqp.subscriber.bulk.batch.timeout=100ms", "gestalt.amqp.subscriber.bulk.retry.attempts=1",
				"gestalt.amqp.subscriber.orders.auto-startup=false")) {
			FailedMessages messages = context.getBean(FailedMessages.class);
			Bulk bulk = context.getBean(Bulk.class);
			publish(context, "good");
			publish(context, "bad");
			FailedMessage failed = awaitFirst(context);
			assertThat(failed.endpoint()).isEqualTo("bulk");
			assertThat(failed.content().payload()).asString().isEqualTo("\"bad\"");
			await().atMost(SOON).until(() -> bulk.handled.equals(List.of("good")));
			messages.edit(failed.id(), "\"mended\"".getBytes(StandardCharsets.UTF_8));
			assertThat(messages.replay(failed.id()).get().handled()).isTrue();
			assertThat(bulk.handled).containsExactly("good", "mended");
		}
	}

	@Test
	void aRequestThatWasAnsweredWithAnErrorIsKeptOnlyIfThatIsWanted(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker)) {
			askInVain(context);
			assertThat(context.getBean(FailedMessages.class).counts(null).kept()).isZero();
		}
		try (ConfigurableApplicationContext context = open(broker, "gestalt.failed-messages.answered=true")) {
			askInVain(context);
			FailedMessage failed = awaitFirst(context);
			assertThat(failed.endpoint()).isEqualTo("desk");
			assertThat(failed.aftermath().answered()).isTrue();
			context.getBean(Desk.class).mended = true;
			Replayed replayed = context.getBean(FailedMessages.class).replay(failed.id()).get();
			assertThat(replayed.result()).isEqualTo("quote for bad");
		}
	}

	private static void askInVain(ConfigurableApplicationContext context) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> context.getBean("quotes", Endpoint.class).request("bad", String.class).join())
			.withCauseInstanceOf(RemoteException.class);
	}

	@Test
	void aRequestThatNobodyWaitsForIsKept(RabbitBroker broker) throws Exception {
		try (ConfigurableApplicationContext context = open(broker)) {
			context.getBean("quotes", Endpoint.class).sendAsync("bad").get(10, TimeUnit.SECONDS);
			FailedMessage failed = awaitFirst(context);
			assertThat(failed.aftermath().answered()).isFalse();
			assertThat(failed.failure().cause()).contains("no bad");
		}
	}

	/** Takes several at a time, none of which may be bad. */
	static class Bulk {

		final List<String> handled = new CopyOnWriteArrayList<>();

		@GestaltListener("bulk")
		void take(List<String> orders) {
			if (orders.contains("bad")) {
				throw new IllegalStateException("no bad ones");
			}
			this.handled.addAll(orders);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@ConditionalOnProperty("gestalt.amqp.subscriber.bulk.exchange")
		Bulk bulk0() {
			return new Bulk();
		}

		@Bean
		Desk desk0() {
			return new Desk();
		}

	}

	/** Takes nothing that is bad until it is mended. */
	static class Desk {

		final List<String> handled = new CopyOnWriteArrayList<>();

		volatile Map<String, Object> headers = Map.of();

		volatile boolean mended;

		volatile boolean slow;

		final CountDownLatch release = new CountDownLatch(1);

		@GestaltListener("orders")
		void take(String order, @Headers Map<String, Object> received) {
			check(order);
			this.headers = received;
			if (order.equals("bad slow")) {
				this.slow = true;
				awaitRelease();
			}
			this.handled.add(order);
		}

		private void awaitRelease() {
			try {
				assertThat(this.release.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@GestaltListener("desk")
		String quote(String request) {
			check(request);
			return "quote for " + request;
		}

		private void check(String text) {
			if (text.startsWith("bad") && !this.mended) {
				throw text.endsWith("untellable") ? new UntellableException() : new IllegalStateException("no " + text);
			}
		}

	}

	/** Cannot even be logged. */
	private static final class UntellableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("not even that");
		}

	}

}
