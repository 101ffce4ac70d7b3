package io.gestalt.amqp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MetricsCollector;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.ConnectionParams;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.observation.ObservationCollector;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.publish.Outgoing;
import io.gestalt.amqp.receive.AmqpReplay;
import io.gestalt.amqp.receive.DeadLetters;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.SubscriberOptions.DeadLetter;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.dispatch.Listener;
import io.gestalt.failed.Content;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessage.Aftermath;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.failed.Failure;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.Sender;
import io.gestalt.message.Counters;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(RabbitExtension.class)
@Timeout(60)
class LostClaimTests {

	private static final FailedMessage FAILED = new FailedMessage("lost", new Sender("s", "broker", null),
			new Content(0, Map.of(), new byte[] { '1' }), Failure.of(Reason.FAILED, null, 1),
			new Aftermath(false, "dead-letter queue 'lost'", "key"));

	@Test
	void aChannelThatIsLostMeanwhileIsNoFailureOfTheHandler(RabbitBroker broker) {
		AtomicBoolean called = new AtomicBoolean();
		CachingConnectionFactory factory = new CachingConnectionFactory(new Losing(broker));
		try (TestConnections connections = new TestConnections(broker.host(), broker.port())) {
			AmqpSettings settings = settings(connections, new AmqpConnections(factory));
			AmqpReplay replay = new AmqpReplay(settings, Listener.of(Integer.class, (payload, context) -> {
				called.set(true);
				return null;
			}), false, new DeadLetters(settings, new DeadLetter("lost", "lost", "lost"), "lost",
					new Outgoing(settings, new Counters())));
			CompletableFuture<Object> replayed = replay.replay(FAILED);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(replayed::join)
				.withCauseInstanceOf(FailedMessageException.class)
				.withMessageContaining("cannot be taken out of dead-letter queue 'lost'");
			assertThat(called).isFalse();
		}
		finally {
			factory.destroy();
		}
	}

	private static AmqpSettings settings(TestConnections connections, AmqpConnections losing) {
		AmqpSettings settings = connections.settings("lost", Topology.NONE, Duration.ofSeconds(5));
		AmqpResources resources = settings.resources();
		return new AmqpSettings(
				"lost", settings.codec(), new AmqpResources(losing, resources.scheduler(), Runnable::run,
						resources.reconnect(), resources.topology()),
				settings.topology(), settings.sendTimeout(), settings.observer());
	}

	/** Opens channels that are closed when somebody uses them. */
	private static final class Losing extends ConnectionFactory {

		private Losing(RabbitBroker broker) {
			setHost(broker.host());
			setPort(broker.port());
			setAutomaticRecoveryEnabled(false);
		}

		@Override
		protected AMQConnection createConnection(ConnectionParams params, FrameHandler frames,
				MetricsCollector metrics) {
			return new AMQConnection(params, frames, metrics, ObservationCollector.NO_OP) {

				@Override
				public Channel createChannel() throws IOException {
					Channel channel = super.createChannel();
					channel.abort();
					return channel;
				}

			};
		}

	}

}
