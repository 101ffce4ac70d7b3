package io.gestalt.boot.test.amqp.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.LongString;
import io.gestalt.amqp.connection.AmqpConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class MemoryBrokerTests {

	private final MemoryConnectionFactory connections = new MemoryConnectionFactory(new MemoryBroker());

	private final Channel channel = open();

	@AfterEach
	void close() {
		this.connections.close();
	}

	private Channel open() {
		try {
			return AmqpConnections.open(this.connections);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource({ "topic,a.*,a.b,true", "topic,a.*,a.b.c,false", "topic,a.#,a,true", "topic,a.#,a.b.c,true",
			"topic,#.c,a.b.c,true", "topic,*.b.#,a.b,true", "topic,*,a.b,false", "direct,a,a,true", "direct,a,b,false",
			"fanout,x,y,true" })
	void routesAsTheTypeOfTheExchangeSays(String type, String binding, String key, boolean arrives) throws Exception {
		this.channel.exchangeDeclare("e", type, true, false, Map.of());
		this.channel.queueDeclare("q", true, false, false, Map.of());
		this.channel.queueBind("q", "e", binding, Map.of());
		publish("e", key, "x");
		assertThat(this.channel.messageCount("q")).isEqualTo(arrives ? 1 : 0);
	}

	@Test
	void headersOfAnExchangeMatchAllOrAny() throws Exception {
		this.channel.exchangeDeclare("h", "headers", true, false, Map.of());
		for (String match : List.of("all", "any")) {
			this.channel.queueDeclare(match, true, false, false, Map.of());
			this.channel.queueBind(match, "h", "", Map.of("x-match", match, "a", 1, "b", 2));
		}
		this.channel.basicPublish("h", "", false, new AMQP.BasicProperties.Builder().headers(Map.of("a", 1)).build(),
				new byte[0]);
		assertThat(this.channel.messageCount("all")).isZero();
		assertThat(this.channel.messageCount("any")).isOne();
	}

	@Test
	void headersComeOutAsTheWireMakesThem() throws Exception {
		this.channel.queueDeclare("q", true, false, false, Map.of());
		this.channel.basicPublish("", "q", false,
				new AMQP.BasicProperties.Builder().headers(Map.of("text", "x", "number", 7L)).build(), new byte[0]);
		GetResponse got = this.channel.basicGet("q", true);
		assertThat(got.getProps().getHeaders().get("text")).isInstanceOf(LongString.class).hasToString("x");
		assertThat(got.getProps().getHeaders()).containsEntry("number", 7L);
	}

	@Test
	void noMoreThanThePrefetchCountIsUnsettled() throws Exception {
		this.channel.queueDeclare("q", true, false, false, Map.of());
		this.channel.basicQos(2);
		BlockingQueue<Long> tags = consume(this.channel, "q");
		for (int i = 0; i < 4; i++) {
			publish("", "q", "m" + i);
		}
		assertThat(List.of(next(tags), next(tags))).containsExactly(1L, 2L);
		assertThat(this.channel.messageCount("q")).isEqualTo(2);
		this.channel.basicAck(2, true);
		assertThat(List.of(next(tags), next(tags))).containsExactly(3L, 4L);
	}

	@Test
	void whatAChannelHasNotSettledGoesBackInOrder() throws Exception {
		this.channel.queueDeclare("q", true, false, false, Map.of());
		for (int i = 0; i < 3; i++) {
			publish("", "q", "m" + i);
		}
		Channel other = open();
		other.basicGet("q", false);
		other.basicGet("q", false);
		other.close();
		GetResponse first = this.channel.basicGet("q", true);
		assertThat(new String(first.getBody(), StandardCharsets.UTF_8)).isEqualTo("m0");
		assertThat(first.getEnvelope().isRedeliver()).isTrue();
		assertThat(new String(this.channel.basicGet("q", true).getBody(), StandardCharsets.UTF_8)).isEqualTo("m1");
	}

	@Test
	void whatIsRejectedOrExpiresIsADeadLetter() throws Exception {
		this.channel.queueDeclare("dead", true, false, false, Map.of());
		this.channel.queueDeclare("q", true, false, false,
				Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", "dead"));
		publish("", "q", "rejected");
		this.channel.basicReject(this.channel.basicGet("q", false).getEnvelope().getDeliveryTag(), false);
		assertThat(this.channel.basicGet("dead", true).getProps().getHeaders().get("x-first-death-reason"))
			.hasToString("rejected");
		Channel watching = open();
		BlockingQueue<Long> expired = consume(watching, "dead");
		this.channel.basicPublish("", "q", false, new AMQP.BasicProperties.Builder().expiration("20").build(),
				new byte[0]);
		assertThat(next(expired)).isPositive();
		assertThat(this.channel.messageCount("q")).isZero();
	}

	@Test
	void whatIsNotThereClosesTheChannel() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.channel.queueDeclarePassive("none"))
			.havingCause()
			.withMessageContaining("NOT_FOUND - no queue 'none'");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void whatItDoesNotKnowItRefuses() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.channel.exchangeDeclare("e", "x-random", true, false, Map.of()))
			.withMessage("The broker in memory does not know exchanges of type 'x-random'; set "
					+ "'gestalt.test.transport' to 'live'");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.channel.txSelect())
			.withMessageContaining("does not know 'txSelect'");
	}

	private void publish(String exchange, String key, String text) throws IOException {
		this.channel.basicPublish(exchange, key, false, new AMQP.BasicProperties(),
				text.getBytes(StandardCharsets.UTF_8));
	}

	private static BlockingQueue<Long> consume(Channel channel, String queue) throws IOException {
		BlockingQueue<Long> tags = new LinkedBlockingQueue<>();
		channel.basicConsume(queue, false, new DefaultConsumer(channel) {

			@Override
			public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
				tags.add(envelope.getDeliveryTag());
			}

		});
		return tags;
	}

	private static Long next(BlockingQueue<Long> tags) throws InterruptedException {
		Long tag = tags.poll(10, TimeUnit.SECONDS);
		assertThat(tag).isNotNull();
		return tag;
	}

}
