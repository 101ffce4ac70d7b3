package io.gestalt.amqp.contract;

import java.util.List;
import java.util.Map;

import com.rabbitmq.client.Channel;
import io.gestalt.message.Counter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/** The broker that runs within an application, and in what it differs. */
@Timeout(180)
class EmbeddedContractTests implements PublisherContract, SubscriberContract, AcknowledgmentContract, RpcContract,
		TopologyContract, FaultContract {

	private static Application host;

	private static BrokerAddress address;

	@BeforeAll
	static void start() {
		host = Application.start(List.of(), Map.of());
		RabbitConnectionDetails details = host.context().getBean(RabbitConnectionDetails.class);
		address = new BrokerAddress(details.getFirstAddress().host(), details.getFirstAddress().port(),
				details.getUsername(), details.getPassword());
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Override
	public BrokerAddress broker() {
		return address;
	}

	/** It refuses before it returns, and so nobody knows why. */
	@Test
	@Override
	public void isToldThatNoQueueWantsAMandatoryMessage() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Application application = bed.publisher("mandatory=true");
			assertThat(PublisherContract.failure(application.prices().sendAsync(1)).reason()).isEqualTo(Counter.NACKED);
		}
	}

	/** It has no streams: who comes late finds what nobody has taken. */
	@Test
	@Override
	public void readsALogFromItsBeginning() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks early = new Ticks();
			Ticks late = new Ticks();
			Application first = bed.subscriber(early, "queue-type=stream", "offset=first");
			bed.publish(0, 100);
			Bed.awaitExactly(early, Bed.numbers(0, 100));
			first.close();
			bed.publish(100, 110);
			bed.subscriber(late, "queue-type=stream", "offset=70");
			Bed.awaitExactly(late, Bed.numbers(100, 110));
		}
	}

	/** It counts no deliveries. */
	@Test
	@Override
	public void aMessageThatEndsItsConsumersIsPutAsideAtLast() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.subscriber(new Ticks()).close();
			bed.publish(1, 2);
			for (int i = 0; i < 30; i++) {
				Channel doomed = bed.channel();
				Bed.until(() -> doomed.basicGet(bed.queue, false) != null);
				doomed.abort();
			}
			assertThat(bed.await(bed.queue).getEnvelope().isRedeliver()).isTrue();
			assertThat(bed.depth(bed.deadLetters)).isZero();
		}
	}

}
