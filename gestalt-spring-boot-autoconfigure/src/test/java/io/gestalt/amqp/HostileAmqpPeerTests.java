package io.gestalt.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.rabbitmq.client.AMQP;
import io.gestalt.amqp.RawProperties.Property;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.harness.Poison;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that nobody should send, for a subscriber that has to live with them. */
@ExtendWith({ RabbitExtension.class, OutputCaptureExtension.class })
@Timeout(60)
class HostileAmqpPeerTests {

	private static final int LARGEST_HEADERS = 130_000;

	private QueueBed bed;

	private AmqpSubscriber subscriber;

	private volatile Object last;

	private volatile Map<String, Object> seen = Map.of();

	@BeforeEach
	void open(RabbitBroker broker) {
		this.bed = new QueueBed(broker);
	}

	private void subscribe(Class<?> type) {
		this.subscriber = this.bed.subscriber(Listener.of(type, this::handle));
		this.subscriber.start();
	}

	private Object handle(Object payload, MessageContext context) {
		this.seen = Map.copyOf(context.headers());
		this.last = payload;
		return null;
	}

	@AfterEach
	void stillServesGoodMessages() throws Exception {
		try {
			this.bed.publish("4711", QueueBed.properties().build());
			Waiting.until(() -> "4711".equals(String.valueOf(this.last)));
			Waiting.until(() -> this.bed.depth() == 0 && conserved());
			assertThat(counted(Counter.DISCONNECTED)).isZero();
		}
		finally {
			this.bed.close();
		}
	}

	private long counted(Counter counter) {
		return this.subscriber.counters().get(counter);
	}

	private boolean conserved() {
		return counted(Counter.RECEIVED) == counted(Counter.HANDLED) + counted(Counter.UNDECODABLE)
				+ counted(Counter.UNHANDLED);
	}

	private void publish(AMQP.BasicProperties properties, byte[] body) throws Exception {
		this.bed.channel().basicPublish("", this.bed.name, properties, body);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private void awaitDeadLetters(int count) {
		Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == count && counted(Counter.DEAD_LETTERED) == count);
		assertThat(counted(Counter.RECEIVED)).isLessThanOrEqualTo(count + 1);
	}

	static Stream<Poison> poison() {
		return Poison.all().stream();
	}

	@ParameterizedTest
	@ValueSource(classes = { Object.class, String.class })
	void putsPoisonAsideWhateverItsFormat(Class<?> target) throws Exception {
		List<Poison> poison = poison().filter((one) -> one.target() == target).toList();
		subscribe(target);
		for (Poison one : poison) {
			AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder()
				.contentType(one.codec().serializer().contentType().essence());
			if (one.codec().compressor() != null) {
				properties.headers(Map.of("compression", one.codec().compressor().label()));
			}
			publish(properties.build(), ByteBufUtil.getBytes(one.payload()));
		}
		awaitDeadLetters(poison.size());
		assertThat(counted(Counter.UNDECODABLE)).isEqualTo(poison.size());
	}

	static Stream<Object> typeIds() {
		return Stream.of("", "seven", "-1", "99999999999", "7.0", -1L, Long.MAX_VALUE, Long.MIN_VALUE, 0x1_0000_0007L,
				7.5, true, new byte[] { 7 }, List.of(7), Map.of("id", 7), "7".repeat(LARGEST_HEADERS / 2));
	}

	@Test
	void takesNoTypeIdentifierForAnotherOne() throws Exception {
		this.subscriber = this.bed.subscriber(Listener.builder().on(7, Integer.class, (payload, context) -> {
			throw new AssertionError("It was not meant for me");
		}).other(Integer.class, this::handle).build());
		this.subscriber.start();
		for (Object id : typeIds().toList()) {
			publish(QueueBed.properties().headers(Map.of("x-type-id", id)).build(), bytes("1"));
		}
		Waiting.until(() -> counted(Counter.RECEIVED) == typeIds().count());
		Waiting.until(this::conserved);
		assertThat(counted(Counter.HANDLER_FAILED)).isZero();
	}

	@Test
	void remembersFewOfThousandsOfContentTypes() throws Exception {
		subscribe(Integer.class);
		for (int i = 0; i < 3000; i++) {
			publish(QueueBed.properties().contentType("application/x-" + i).build(), bytes("1"));
			publish(QueueBed.properties().contentType("application/json; v=" + i).build(), bytes("1"));
			publish(QueueBed.properties().headers(Map.of("compression", "none;" + i)).build(), bytes("1"));
		}
		Waiting.until(() -> counted(Counter.RECEIVED) == 9000);
		Waiting.until(this::conserved);
		assertThat(counted(Counter.HANDLED)).isEqualTo(3000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "compression", "x-type-id", "x-other" })
	void putsAsideWhatHasHeadersAsLargeAsTheyCanBe(String name) throws Exception {
		subscribe(Integer.class);
		for (int i = 0; i < 3; i++) {
			publish(QueueBed.properties().headers(Map.of(name, "x".repeat(LARGEST_HEADERS + 300 * i))).build(),
					bytes("garbage"));
		}
		awaitDeadLetters(3);
		assertThat(this.bed.take(this.bed.deadLetters).getProps().getHeaders()).hasEntrySatisfying("x-gestalt-reason",
				(reason) -> assertThat(reason).hasToString("undecodable"));
	}

	@ParameterizedTest
	@EnumSource(value = Property.class, mode = Mode.EXCLUDE,
			names = { "DELIVERY_MODE", "PRIORITY", "EXPIRATION", "TIMESTAMP", "USER_ID" })
	void putsAsideWhatHasAPropertyThatIsNoText(Property property) throws Exception {
		subscribe(Integer.class);
		RawProperties properties = new RawProperties();
		publish((property != Property.HEADERS) ? properties.with(property, RawProperties.noText())
				: properties.headers(RawProperties.nameless()), bytes("garbage"));
		awaitDeadLetters(1);
	}

	static Stream<byte[]> nested() {
		return Stream.of(100, 1000)
			.flatMap((depth) -> Stream.of(RawProperties.tables(depth), RawProperties.lists(depth)));
	}

	@ParameterizedTest
	@MethodSource("nested")
	void livesThroughHeadersThatNestDeeply(byte[] table) throws Exception {
		subscribe(Integer.class);
		publish(new RawProperties().headers(table), bytes("1"));
		publish(new RawProperties().headers(table), bytes("garbage"));
		Waiting.until(Duration.ofSeconds(20), () -> this.bed.depth(this.bed.deadLetters) >= 1
				&& counted(Counter.RECEIVED) == 2 && this.bed.depth() == 0);
	}

	@Test
	void believesNoHeaderThatBearsANameOfTheBroker() throws Exception {
		subscribe(Integer.class);
		Map<String, Object> forged = new HashMap<>();
		for (String name : List.of("receivedUserId", "receivedExchange", "receivedRoutingKey", "replyTo", "messageId",
				"redelivered", "correlationId", "appId", "timestamp", "contentType", "routingKey")) {
			forged.put("amqp_" + name, "forged");
		}
		publish(QueueBed.properties().headers(forged).build(), bytes("1"));
		Waiting.until(() -> this.last != null);
		assertThat(this.seen.values()).doesNotContain("forged");
	}

	@Test
	void putsAsideUnderItsOwnHeadersOnly() throws Exception {
		subscribe(Integer.class);
		String copies = "copies." + this.bed.name;
		this.bed.channel().queueDeclare(copies, false, true, true, Map.of());
		Map<String, Object> forged = new HashMap<>(Map.of("x-gestalt-reason", "failed", "x-gestalt-attempts", "many",
				"x-gestalt-exchange", "elsewhere", "x-gestalt-routing-key", "elsewhere", "x-death", "forged",
				"x-first-death-queue", List.of("forged"), "x-gestalt-endpoint", Map.of("a", 1)));
		forged.put("CC", List.of(copies));
		AMQP.BasicProperties properties = QueueBed.properties().headers(forged).priority(255).build();
		publish(properties, bytes("garbage"));
		awaitDeadLetters(1);
		assertThat(this.subscriber.replay(10)).isEqualTo(1);
		Waiting.until(() -> counted(Counter.DEAD_LETTERED) == 2 && this.bed.depth(this.bed.deadLetters) == 1);
		Map<String, Object> headers = this.bed.take(this.bed.deadLetters).getProps().getHeaders();
		assertThat(headers.get("x-gestalt-reason")).hasToString("undecodable");
		assertThat(headers.get("x-gestalt-routing-key")).hasToString(this.bed.name);
		assertThat(headers.get("x-gestalt-endpoint")).hasToString(this.bed.name);
		assertThat(headers.get("x-gestalt-attempts")).hasToString("0");
		assertThat(this.bed.depth(copies)).isEqualTo(1);
	}

	static Stream<Error> errors() {
		return Stream.of(new StackOverflowError(), new OutOfMemoryError("Requested array size exceeds VM limit"),
				new AssertionError(), new NoClassDefFoundError(), new Error("own"), new ThreadDeath());
	}

	@ParameterizedTest
	@EnumSource(Ordering.class)
	void putsAsideWhatEndsItsHandlerWithAnError(Ordering ordering) throws Exception {
		List<Error> errors = errors().toList();
		MessageHandler<Integer> failing = (payload, context) -> {
			if (payload < errors.size()) {
				throw errors.get(payload);
			}
			return handle(payload, context);
		};
		this.subscriber = this.bed
			.subscriber(Listener.builder().ordering(ordering).other(Integer.class, failing).build());
		this.subscriber.start();
		this.bed.publish(0, errors.size());
		awaitDeadLetters(errors.size());
		assertThat(counted(Counter.HANDLER_FAILED)).isEqualTo(errors.size());
	}

	/** A consumer that fails would get the same messages for ever. */
	@ParameterizedTest
	@EnumSource(Ordering.class)
	void putsAsideWhatItsSerializerFailsOnInAnyWay(Ordering ordering) throws Exception {
		this.subscriber = this.bed
			.subscriber(Listener.builder().ordering(ordering).other(Integer.class, this::handle).build());
		this.subscriber.start();
		publishWhatBreaksSerializers();
		awaitDeadLetters(4);
		assertThat(counted(Counter.UNDECODABLE)).isEqualTo(4);
		assertThat(this.bed.take(this.bed.deadLetters).getProps().getHeaders()).hasEntrySatisfying("x-gestalt-reason",
				(reason) -> assertThat(reason).hasToString("undecodable"));
	}

	private void publishWhatBreaksSerializers() throws Exception {
		for (String failure : BrokenSerializer.FAILURES) {
			publish(QueueBed.properties().contentType(BrokenSerializer.CONTENT_TYPE).build(), bytes(failure));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void doesNotWearItselfOutWhenNothingCanBePutAside(boolean unbound) throws Exception {
		subscribe(Integer.class);
		refuseDeadLetters(unbound);
		for (int i = 0; i < 20; i++) {
			publish(QueueBed.properties().build(), bytes("garbage"));
		}
		Waiting.until(() -> counted(Counter.REQUEUED) >= 20);
		assertThat(counted(Counter.RECEIVED)).isLessThanOrEqualTo(21);
		this.bed.publish("4711", QueueBed.properties().build());
		Waiting.until(() -> this.last != null);
		Waiting.until(() -> counted(Counter.RECEIVED) > 30);
		assertThat(counted(Counter.RECEIVED)).isLessThanOrEqualTo(1 + 20 * 3);
		long start = System.nanoTime();
		assertThat(this.subscriber.stop(Duration.ofSeconds(20)).elapsed()).isLessThan(Duration.ofSeconds(3));
		this.bed.awaitDepth(20);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		this.bed.channel().queuePurge(this.bed.name);
		this.bed.channel().queueDelete(this.bed.deadLetters);
		subscribe(Integer.class);
	}

	/** Without a binding nothing comes to the queue; a full queue refuses. */
	private void refuseDeadLetters(boolean unbound) throws Exception {
		this.bed.channel().queueDelete(this.bed.deadLetters);
		this.bed.channel()
			.queueDeclare(this.bed.deadLetters, true, false, false,
					Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
		if (!unbound) {
			this.bed.channel().queueBind(this.bed.deadLetters, "test.dead-letters", this.bed.name);
			publish(QueueBed.properties().build(), bytes("garbage"));
			Waiting.until(() -> this.bed.depth(this.bed.deadLetters) == 1);
		}
	}

	@Test
	void keepsLogLinesWhole(CapturedOutput output) throws Exception {
		subscribe(Integer.class);
		String line = "x\r\nINJECTED\u0000\u2028INJECTED";
		for (Property property : List.of(Property.CONTENT_TYPE, Property.CONTENT_ENCODING, Property.CORRELATION_ID,
				Property.REPLY_TO, Property.MESSAGE_ID, Property.TYPE, Property.APP_ID)) {
			publish(new RawProperties().with(property, line), bytes("garbage" + line));
		}
		for (String name : List.of("compression", "x-type-id", line)) {
			publish(QueueBed.properties().headers(Map.of(name, line)).build(), bytes("garbage" + line));
		}
		awaitDeadLetters(10);
		assertThat(output).doesNotContain("INJECTED");
	}

}
