package io.gestalt.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.gestalt.amqp.RawProperties.Property;
import io.gestalt.message.Counter;
import io.gestalt.message.RemoteException;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Requests and replies that nobody should send. */
@ExtendWith({ RabbitExtension.class, OutputCaptureExtension.class })
@Timeout(60)
class HostileRpcPeerTests {

	private static final String INJECTED = "x\r\nINJECTED\u0000\u2028INJECTED";

	private TestService service;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.service = new TestService(broker);
	}

	@AfterEach
	void close() throws Exception {
		this.service.close();
	}

	private AmqpResponder responder(boolean errorReplies) {
		return this.service.responder(this.service.connect(), String.class, (text, context) -> {
			if (text.startsWith("secret")) {
				throw new IllegalStateException(text);
			}
			return text;
		}, 1, errorReplies);
	}

	private void request(Channel channel, AMQP.BasicProperties properties, String body) throws Exception {
		channel.basicPublish("", this.service.name(), properties, body.getBytes(StandardCharsets.UTF_8));
	}

	private static AMQP.BasicProperties.Builder json() {
		return new AMQP.BasicProperties.Builder().contentType("application/json");
	}

	private void stillAnswers(AmqpResponder responder, long received) throws Exception {
		assertThat(TestService.get(this.service.requester().request("good", String.class))).isEqualTo("good");
		assertThat(responder.counters().get(Counter.RECEIVED)).isEqualTo(received + 1);
		assertThat(responder.counters().get(Counter.DISCONNECTED)).isZero();
		Channel channel = this.service.plain();
		Waiting.until(() -> channel.messageCount(this.service.name()) == 0);
	}

	/** Where replies go that lead nowhere, or to where a message of the peer would go. */
	static Stream<String> addresses() {
		return Stream.of("", " ", "nowhere", "amq.topic", "amq.rabbitmq.reply-to.garbage", "\u0000\r\n",
				"x".repeat(255));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void repliesToNobodyWithoutHarm(boolean errorReplies) throws Exception {
		AmqpResponder responder = responder(errorReplies);
		Channel channel = this.service.plain();
		int sent = 0;
		for (String address : addresses().toList()) {
			for (String body : List.of("\"text\"", "\"secret\"", "garbage")) {
				request(channel, json().replyTo(address).build(), body);
				sent++;
			}
		}
		for (Property property : List.of(Property.REPLY_TO, Property.CORRELATION_ID)) {
			for (String body : List.of("\"text\"", "\"secret\"", "garbage")) {
				request(channel,
						new RawProperties().with(Property.CONTENT_TYPE, "application/json")
							.with(Property.REPLY_TO, "nowhere")
							.with(property, RawProperties.noText()),
						body);
				sent++;
			}
		}
		int all = sent;
		Waiting.until(() -> responder.counters().get(Counter.RECEIVED) >= all
				&& responder.counters().get(Counter.HANDLED) + responder.counters().get(Counter.UNDECODABLE) >= all);
		stillAnswers(responder, all);
	}

	@Test
	void answersItselfOnceWhenItIsToldTo() throws Exception {
		AmqpResponder responder = responder(true);
		Channel channel = this.service.plain();
		for (String body : List.of("\"text\"", "\"secret\"", "garbage")) {
			request(channel, json().replyTo(this.service.name()).correlationId("1").build(), body);
		}
		Waiting.until(() -> responder.counters().get(Counter.RECEIVED) >= 6);
		stillAnswers(responder, 6);
	}

	@Test
	void refusesWhatItsSerializerFailsOnInAnyWay() throws Exception {
		AmqpResponder responder = responder(true);
		Channel channel = this.service.plain();
		for (String failure : BrokenSerializer.FAILURES) {
			request(channel, json().contentType(BrokenSerializer.CONTENT_TYPE).build(), failure);
		}
		Waiting.until(() -> responder.counters().get(Counter.REJECTED) == 4);
		assertThat(responder.counters().get(Counter.UNDECODABLE)).isEqualTo(4);
		stillAnswers(responder, 4);
	}

	static Stream<Object> timeouts() {
		return Stream.of(-1, Long.MIN_VALUE, Long.MAX_VALUE, "soon", true, List.of(1), Map.of("a", 1));
	}

	@Test
	void bearsTimesThatMakeNoSense() throws Exception {
		AmqpResponder responder = responder(true);
		Channel channel = this.service.plain();
		for (Object timeout : timeouts().toList()) {
			Map<String, Object> headers = new HashMap<>(Map.of("x-timeout", timeout, "From", timeout));
			request(channel, json().headers(headers).priority(255).build(), "\"text\"");
		}
		Waiting.until(() -> responder.counters().get(Counter.RECEIVED) == 7
				&& responder.counters().get(Counter.HANDLED) + responder.counters().get(Counter.EXPIRED) == 7);
		stillAnswers(responder, 7);
	}

	@Test
	void keepsSecretsAndLogLinesToItself(CapturedOutput output) throws Exception {
		AmqpResponder responder = responder(true);
		Channel channel = this.service.plain();
		String replies = channel.queueDeclare().getQueue();
		for (Property property : List.of(Property.CONTENT_TYPE, Property.CORRELATION_ID, Property.MESSAGE_ID,
				Property.APP_ID)) {
			request(channel, new RawProperties().with(Property.REPLY_TO, replies).with(property, INJECTED),
					"garbage" + INJECTED);
		}
		request(channel, json().replyTo(replies).headers(Map.of("compression", INJECTED)).build(), INJECTED);
		request(channel, json().replyTo(replies).headers(Map.of("x-type-id", INJECTED)).build(), INJECTED);
		request(channel, json().replyTo(replies).build(), "\"secret\"");
		Waiting.until(() -> channel.messageCount(replies) == 7);
		for (int i = 0; i < 7; i++) {
			Map<String, Object> headers = channel.basicGet(replies, true).getProps().getHeaders();
			assertThat(headers).containsOnlyKeys("x-error-code", "x-error-message");
			assertThat(headers.toString()).doesNotContain("INJECTED", "secret", "Exception", "gestalt");
		}
		assertThat(output).doesNotContain("INJECTED");
		stillAnswers(responder, 7);
	}

	/** Asks, and lets an impostor answer: what it sends first, and then the truth. */
	private String ask(AmqpRequester requester, Forgery... forgeries) throws Exception {
		Channel channel = this.service.plain();
		CompletableFuture<Void> answered = new CompletableFuture<>();
		channel.basicConsume(this.service.name(), true, new DefaultConsumer(channel) {

			@Override
			public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties asked, byte[] body)
					throws java.io.IOException {
				for (Forgery forgery : forgeries) {
					channel.basicPublish("", asked.getReplyTo(), forgery.of(asked),
							"garbage".getBytes(StandardCharsets.UTF_8));
				}
				for (int i = 0; i < 3; i++) {
					channel.basicPublish("", asked.getReplyTo(), json().correlationId(asked.getCorrelationId()).build(),
							body);
				}
				answered.complete(null);
			}

		});
		CompletableFuture<String> reply = requester.request("truth", String.class, Duration.ofSeconds(20));
		try {
			return TestService.get(reply);
		}
		finally {
			TestService.get(answered);
			channel.close();
		}
	}

	static Stream<Forgery> strangers() {
		return Stream.of((asked) -> json().build(), (asked) -> json().correlationId("").build(),
				(asked) -> json().correlationId(asked.getCorrelationId() + "0").build(),
				(asked) -> json().correlationId(" " + asked.getCorrelationId()).build(),
				(asked) -> json().correlationId("x".repeat(255)).build(),
				(asked) -> json().headers(Map.of("correlation_id", asked.getCorrelationId())).build(),
				(asked) -> json().headers(Map.of("x-first-death-reason", "expired")).build(),
				(asked) -> new RawProperties().with(Property.CORRELATION_ID, RawProperties.noText()),
				(asked) -> new RawProperties().headers(RawProperties.tables(1000)),
				(asked) -> new RawProperties().headers(RawProperties.nameless()));
	}

	@Test
	void takesNoReplyForThatOfAnotherRequest() throws Exception {
		this.service.declared();
		AmqpRequester requester = this.service.requester();
		Forgery[] forgeries = strangers().toArray(Forgery[]::new);
		assertThat(ask(requester, forgeries)).isEqualTo("truth");
		Waiting.until(() -> requester.counters().get(Counter.LATE_REPLIES) == forgeries.length + 2);
		assertThat(requester.counters().get(Counter.RECEIVED)).isEqualTo(forgeries.length + 3);
		assertThat(ask(requester)).isEqualTo("truth");
		assertThat(requester.counters().get(Counter.DISCONNECTED)).isZero();
		assertThat(requester.pending()).isZero();
	}

	static Stream<Map<String, Object>> failures() {
		return Stream.of(Map.of(), Map.of("compression", INJECTED), Map.of("x-type-id", "1".repeat(60_000)),
				Map.of("x-death", "garbage", "compression", List.of()),
				Map.of("x-error-code", INJECTED, "x-error-message", "y".repeat(60_000)),
				Map.of("x-error-code", Map.of("a", List.of()), "x-error-message", 7),
				Map.of("x-first-death-reason", INJECTED), Map.of("x-death", List.of(Map.of("reason", List.of(1)))));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void endsARequestOnceWhateverTheReply(Map<String, Object> headers, CapturedOutput output) throws Exception {
		this.service.declared();
		AmqpRequester requester = this.service.requester();
		Throwable failure = null;
		try {
			ask(requester, (asked) -> json().correlationId(asked.getCorrelationId()).headers(headers).build());
		}
		catch (java.util.concurrent.ExecutionException ex) {
			failure = ex.getCause();
		}
		assertThat(failure).isNotNull();
		assertThat(failure instanceof RemoteException).isEqualTo(headers.containsKey("x-error-code"));
		Waiting.until(() -> requester.counters().get(Counter.LATE_REPLIES) == 3);
		assertThat(ask(requester)).isEqualTo("truth");
		assertThat(requester.counters().get(Counter.DISCONNECTED)).isZero();
		assertThat(requester.pending()).isZero();
		assertThat(output).doesNotContain("INJECTED");
	}

	@Test
	void endsARequestWhoseReplyItsSerializerFailsOn() throws Exception {
		this.service.declared();
		AmqpRequester requester = this.service.requester();
		Forgery breaking = (asked) -> json().contentType(BrokenSerializer.CONTENT_TYPE)
			.correlationId(asked.getCorrelationId())
			.build();
		assertThatThrownBy(() -> ask(requester, breaking)).hasCauseInstanceOf(OutOfMemoryError.class);
		assertThat(requester.counters().get(Counter.UNDECODABLE)).isEqualTo(1);
		assertThat(ask(requester)).isEqualTo("truth");
		assertThat(requester.counters().get(Counter.DISCONNECTED)).isZero();
		assertThat(requester.pending()).isZero();
	}

	/** Properties of a reply that pretends to be one to a request. */
	interface Forgery {

		AMQP.BasicProperties of(AMQP.BasicProperties asked);

	}

}
