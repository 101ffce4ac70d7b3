package io.gestalt.shop;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.gestalt.shop.Rates.Ask;
import io.gestalt.shop.Rates.Rate;
import io.gestalt.boot.test.EndpointTester;
import io.gestalt.boot.test.GestaltTester;
import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.Settlement;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.RequestTimeoutException;
import io.gestalt.message.Counter;
import io.gestalt.message.Message;
import io.gestalt.test.time.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a test sees of TCP, UDP and timers, in memory and live. */
@Timeout(60)
abstract class SocketContract {

	@Autowired
	private GestaltTester gestalt;

	@Autowired
	private ApplicationContext context;

	@MockitoBean
	Stock stock;

	@Test
	void aRequestIsAnsweredAndRecorded() {
		EndpointTester orders = this.gestalt.endpoint("orders");
		assertThat(orders.request(new Order("a-1", 2), Receipt.class)).isEqualTo(new Receipt("a-1"));
		Reception reception = orders.awaitReception();
		assertThat(reception.payload()).isEqualTo(new Order("a-1", 2));
		assertThat(reception.text()).isEqualTo("{\"id\":\"a-1\",\"quantity\":2}");
		assertThat(reception.result()).isEqualTo(new Receipt("a-1"));
		assertThat(reception.settlement()).isEqualTo(Settlement.REPLIED);
		assertThat(orders.awaitSent(Receipt.class)).isEqualTo(new Receipt("a-1"));
	}

	@Test
	void aHandlerThatFailsOwesAReplyAndClosesTheConnection() {
		EndpointTester orders = this.gestalt.endpoint("orders");
		orders.send(new Order("a-2", 0));
		Reception reception = orders.awaitReception(Order.class);
		assertThat(reception.failure()).isInstanceOf(IllegalArgumentException.class).hasMessage("Nothing to place");
		assertThat(reception.result()).isNull();
		assertThat(reception.settlement()).isEqualTo(Settlement.CLOSED);
	}

	@Test
	void bytesThatAreNoMessageAreRecordedToo() {
		EndpointTester orders = this.gestalt.endpoint("orders");
		orders.sendRaw("{\"id\":".getBytes(StandardCharsets.UTF_8));
		Reception reception = orders.awaitReception();
		assertThat(reception.decoded()).isFalse();
		assertThat(reception.text()).isEqualTo("{\"id\":");
		assertThat(reception.settlement()).isEqualTo(Settlement.CLOSED);
	}

	@Test
	void whatALineServerSendsByItselfIsSeen() {
		EndpointTester lines = this.gestalt.endpoint("lines");
		lines.send("hello");
		assertThat(lines.awaitSent().text()).isEqualTo("one of hello");
		assertThat(lines.awaitSent(String.class)).isEqualTo("two of hello");
		assertThat(lines.awaitReception().settlement()).isEqualTo(Settlement.HANDLED);
		lines.send(" ");
		assertThat(lines.awaitReception().settlement()).isEqualTo(Settlement.DROPPED);
		assertThat(lines.receptions()).hasSize(2);
	}

	@Test
	void handlersAreChosenByMessageType() {
		EndpointTester typed = this.gestalt.endpoint("typed");
		typed.send(Message.of(8, new Reading("t", 20)));
		typed.send(Message.of(7, new Order("t-1", 1)));
		List<Reception> receptions = typed.awaitReceptions(2);
		assertThat(receptions).extracting(Reception::type).containsExactly(8, 7);
		assertThat(receptions.get(1).result()).isEqualTo(new Receipt("t-1"));
		assertThat(typed.awaitSent(Receipt.class)).isEqualTo(new Receipt("t-1"));
	}

	@Test
	void aClientIsAnsweredByTheTest() {
		EndpointTester rates = this.gestalt.endpoint("rates");
		rates.answer(Ask.class, (ask) -> new Rate(ask.currency().equals("EUR") ? 1.1 : 0));
		Rates client = this.context.getBean(Rates.class);
		assertThat(client.rate(new Ask("EUR")).value()).isEqualTo(1.1);
		assertThat(rates.awaitSent(Ask.class)).isEqualTo(new Ask("EUR"));
	}

	@Test
	void aClientThatIsNotAnsweredTimesOut() {
		Rates client = this.context.getBean(Rates.class);
		assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> client.rate(new Ask("USD")));
	}

	@Test
	void aClientConnectsAgain() {
		EndpointTester rates = this.gestalt.endpoint("rates");
		rates.answer(Ask.class, (ask) -> new Rate(2));
		Rates client = this.context.getBean(Rates.class);
		assertThat(client.rate(new Ask("A")).value()).isEqualTo(2);
		rates.disconnect();
		rates.awaitConnected();
		assertThat(client.rate(new Ask("B")).value()).isEqualTo(2);
		Endpoint endpoint = rates.endpoint();
		assertThat(endpoint.counters().get(Counter.RECONNECTED)).isPositive();
	}

	@Test
	void datagramsArriveAndAreSent() {
		EndpointTester readings = this.gestalt.endpoint("readings");
		EndpointTester alarms = this.gestalt.endpoint("alarms");
		readings.send(new Reading("cellar", 20));
		assertThat(readings.awaitReception(Reading.class).settlement()).isEqualTo(Settlement.HANDLED);
		alarms.assertNothingSent(Duration.ofMillis(100));
		readings.send(new Reading("oven", 180));
		assertThat(alarms.awaitSent(Reading.class)).isEqualTo(new Reading("oven", 180));
	}

	@Test
	void timersFollowTheTest() {
		ManualClock clock = this.context.getBean(ManualClock.class);
		Poller poller = this.context.getBean(Poller.class);
		int before = poller.polls.get();
		clock.advance(Duration.ofHours(1));
		assertThat(poller.polls.get() - before).isBetween(60, 61);
	}

	@Test
	void aTestThatWaitsInVainIsToldWhatHappenedInstead() {
		EndpointTester orders = this.gestalt.endpoint("orders");
		orders.send(new Order("a-3", 1));
		orders.awaitReception();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> orders.awaitReception(Reading.class))
			.withMessageContaining("Endpoint 'orders' received no 'Reading' within 1000 ms")
			.withMessageContaining("Order[id=a-3, quantity=1] -> returned Receipt[id=a-3], REPLIED")
			.withMessageContaining("sent: 1")
			.withMessageContaining("'{\"id\":\"a-3\"}'")
			.withMessageContaining("handled=1");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.gestalt.endpoint("lines").awaitSent())
			.withMessageContaining("Endpoint 'lines' sent nothing")
			.withMessageContaining("counted: nothing");
	}

	@Test
	void whatHappenedInAnotherTestIsForgotten() {
		assertThat(this.gestalt.endpoint("orders").receptions()).isEmpty();
		assertThat(this.gestalt.endpoint("orders").sent()).isEmpty();
	}

}
