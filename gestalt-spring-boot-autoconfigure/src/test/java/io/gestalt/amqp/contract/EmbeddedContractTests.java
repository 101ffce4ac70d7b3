package io.gestalt.amqp.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.endpoint.RequestTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/** The broker that runs within an application, and in what it differs. */
@Timeout(180)
@Tag("slow")
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

	/** It takes a queue for what it was declared as first. */
	@Test
	@Override
	public void doesNotStartWithAQueueOfOtherArguments() throws Exception {
		try (Bed bed = new Bed(broker())) {
			bed.channel().queueDeclare(bed.queue, true, false, false, Map.of());
			Ticks ticks = new Ticks();
			bed.subscriber(ticks);
			bed.publish(0, 10);
			Bed.awaitExactly(ticks, Bed.numbers(0, 10));
		}
	}

	/** What a consumer had comes after what the next one has already. */
	@Test
	@Override
	public void oneActiveConsumerKeepsTheOrderOverAllInstances() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks one = new Ticks();
			Ticks two = new Ticks();
			Application first = bed.subscriber(one, "single-active-consumer=true", "prefetch=5");
			bed.subscriber(two, "single-active-consumer=true");
			bed.publish(0, 500);
			Bed.awaitExactly(one, Bed.numbers(0, 500));
			assertThat(two.seen).isEmpty();
			first.close();
			bed.publish(500, 600);
			Bed.awaitExactly(two, Bed.numbers(500, 600));
		}
	}

	/** It does not tell consumers that their queue is gone. */
	@Test
	@Override
	public void consumesAgainWhenItsQueueWasDeleted() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Ticks ticks = new Ticks();
			Application application = bed.subscriber(ticks);
			bed.channel().queueDelete(bed.queue);
			assertThat(bed.depth(bed.queue)).isEqualTo(-1);
			application.ticks().stop(Bed.SOON);
			application.ticks().start();
			bed.publish(10, 20);
			Bed.awaitExactly(ticks, Bed.numbers(10, 20));
		}
	}

	/** What is rejected is gone: callers wait until their time is over. */
	@Test
	@Override
	public void isToldThatARequestWasRejected() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Desk desk = new Desk((question) -> {
				throw new IllegalStateException("on purpose");
			});
			bed.responder(desk, "error-replies=false");
			AmqpRequester quotes = bed.requester("request-timeout=2s").quotes();
			RpcContract.failure(RequestTimeoutException.class, quotes.request("Ada", String.class));
			assertThat(desk.begun).containsExactly("Ada");
		}
	}

	/** What expires is gone, too, and is not begun with later. */
	@Test
	@Override
	public void isToldThatNobodyHasBegunWithARequest() throws Exception {
		try (Bed bed = new Bed(broker())) {
			Desk desk = new Desk((question) -> question);
			bed.responder(desk).close();
			AmqpRequester quotes = bed.requester().quotes();
			RpcContract.failure(RequestTimeoutException.class,
					quotes.request("Ada", String.class, Duration.ofSeconds(1)));
			bed.responder(desk);
			assertThat(RpcContract.get(quotes.request("Bob", String.class))).isEqualTo("Bob");
			assertThat(desk.begun).containsExactly("Bob");
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
