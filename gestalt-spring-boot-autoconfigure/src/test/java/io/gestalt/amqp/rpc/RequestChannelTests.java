package io.gestalt.amqp.rpc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.TestConnections;
import io.gestalt.amqp.channel.ChannelKeeper;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import io.gestalt.transport.queue.OnFull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(60)
class RequestChannelTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final String service = "service." + UUID.randomUUID();

	private final Counters counters = new Counters();

	/** Whoever is told of an open channel learns of its end before the requester does. */
	@Test
	void sendsOverTheNextChannelWhatFindsItsChannelClosed(RabbitBroker broker) throws Exception {
		Topology topology = new Topology(List.of(),
				List.of(new Topology.Queue(this.service, false, false, true, Map.of())), List.of());
		try (TestConnections connections = new TestConnections(broker.host(), broker.port())) {
			AmqpSettings settings = connections.settings("asking", topology, Duration.ofSeconds(5));
			BlockingQueue<Channel> opened = new LinkedBlockingQueue<>();
			BlockingQueue<PendingReply> asked = new LinkedBlockingQueue<>();
			Owner owner = new Owner();
			RequestChannel requests = new RequestChannel(settings,
					new RequesterOptions("", this.service, null, TIMEOUT, 10, OnFull.BLOCK), this.counters, owner);
			owner.onOpened = (channel) -> {
				owner.onOpened = opened::add;
				channel.addShutdownListener(
						(cause) -> asked.add(requests.send(new PendingReply.Call(settings.codec().encode("hello"),
								String.class, TIMEOUT, System.nanoTime()))));
				opened.add(channel);
			};
			requests.start();
			opened.take().abort();
			PendingReply reply = asked.poll(10, TimeUnit.SECONDS);
			assertThat(opened.poll(10, TimeUnit.SECONDS)).isNotNull();
			Channel plain = AmqpConnections.open(connections.connections().consuming());
			await().until(() -> plain.messageCount(this.service) == 1);
			assertThat(reply).isNotDone();
			assertThat(this.counters.get(Counter.SENT)).isEqualTo(1);
			assertThat(this.counters.get(Counter.DROPPED_LOST)).isZero();
			requests.stop();
		}
	}

	@Test
	void saysWhichEndpointFoundAnotherQueue(RabbitBroker broker) throws Exception {
		Topology other = new Topology(List.of(), List.of(new Topology.Queue(this.service, true, false, true, Map.of())),
				List.of());
		try (TestConnections connections = new TestConnections(broker.host(), broker.port())) {
			AmqpConnections.open(connections.connections().consuming())
				.queueDeclare(this.service, false, false, true, Map.of());
			RequestChannel requests = new RequestChannel(connections.settings("asking", other, Duration.ofSeconds(5)),
					new RequesterOptions("", this.service, null, TIMEOUT, 10, OnFull.BLOCK), this.counters,
					new Owner());
			assertThatExceptionOfType(TopologyException.class).isThrownBy(requests::start)
				.withMessageStartingWith("Endpoint 'asking': RabbitMQ refused queue '%s'".formatted(this.service));
		}
	}

	@Test
	void countsWhatCannotBeSent(RabbitBroker broker) throws Exception {
		try (TestConnections connections = new TestConnections(broker.host(), broker.port())) {
			AmqpRequester requester = new AmqpRequester(
					connections.settings("asking", new Topology(List.of(), List.of(), List.of()),
							Duration.ofSeconds(5)),
					new RequesterOptions("", "s".repeat(300), null, TIMEOUT, 10, OnFull.BLOCK));
			requester.start();
			assertThat(requester.request("hello", String.class)).failsWithin(TIMEOUT)
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isInstanceOf(SendException.class)
				.withMessageContaining("cannot send a request");
			assertThat(requester.counters().get(Counter.OFFERED)).isEqualTo(1);
			assertThat(requester.counters().get(Counter.REFUSED)).isEqualTo(1);
			requester.stop(Duration.ZERO);
		}
	}

	private interface Opened {

		void by(Channel channel);

	}

	private static final class Owner implements ChannelKeeper.User {

		private volatile Opened onOpened = (channel) -> {
		};

		@Override
		public void opened(Channel channel) {
			this.onOpened.by(channel);
		}

		@Override
		public void lost(Channel channel, ShutdownSignalException cause) {
		}

		@Override
		public void failed(Exception cause, Duration retryIn) {
		}

	}

}
