package io.gestalt.shop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.gestalt.boot.client.GestaltOperations;
import io.gestalt.boot.test.EndpointTester;
import io.gestalt.boot.test.GestaltTester;
import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.SentMessage;
import io.gestalt.boot.test.record.Settlement;
import io.gestalt.message.Counter;
import io.gestalt.message.Message;
import io.gestalt.message.RemoteException;
import io.gestalt.shop.Quotes.Quote;
import io.gestalt.shop.Quotes.QuoteRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a test sees of topics and RPC, in memory and live. */
@Timeout(120)
abstract class AmqpContract {

	@Autowired
	private GestaltTester gestalt;

	@Autowired
	private GestaltOperations operations;

	@Autowired
	private Quotes quotes;

	@Test
	void aMessageOfATopicIsHandledAndAcknowledged() {
		EndpointTester ticks = this.gestalt.endpoint("ticks");
		ticks.send("price.eur", new Reading("eur", 1.1));
		Reception reception = ticks.awaitReception();
		assertThat(reception.payload()).isEqualTo(new Reading("eur", 1.1));
		assertThat(reception.headers()).containsEntry("amqp_receivedRoutingKey", "price.eur");
		assertThat(reception.text()).isEqualTo("{\"sensor\":\"eur\",\"value\":1.1}");
		assertThat(reception.settlement()).isEqualTo(Settlement.ACKNOWLEDGED);
	}

	@Test
	void aRoutingKeyThatNobodyHasBoundArrivesNowhere() {
		EndpointTester ticks = this.gestalt.endpoint("ticks");
		ticks.send("volume.eur", new Reading("eur", 1));
		ticks.send(new Reading("usd", 2));
		assertThat(ticks.awaitReception().payload(Reading.class).sensor()).isEqualTo("usd");
		assertThat(ticks.receptions()).hasSize(1);
	}

	@Test
	void aMessageThatFailsForGoodIsPutAside() {
		EndpointTester ticks = this.gestalt.endpoint("ticks");
		ticks.send(new Reading("bad", -1));
		List<Reception> attempts = ticks.awaitReceptions(2);
		assertThat(attempts).extracting(Reception::settlement)
			.containsExactly(Settlement.DEAD_LETTERED, Settlement.DEAD_LETTERED);
		assertThat(attempts.get(0).failure()).hasMessage("Below zero");
		assertThat(ticks.endpoint().counters().get(Counter.DEAD_LETTERED)).isPositive();
	}

	@Test
	void bytesThatAreNoMessageArePutAside() {
		EndpointTester ticks = this.gestalt.endpoint("ticks");
		ticks.sendRaw("{".getBytes(StandardCharsets.UTF_8));
		Reception reception = ticks.awaitReception();
		assertThat(reception.decoded()).isFalse();
		assertThat(reception.text()).isEqualTo("{");
		assertThat(reception.settlement()).isEqualTo(Settlement.DEAD_LETTERED);
	}

	@Test
	void aListenerMaySendAMessageBack() {
		EndpointTester ticks = this.gestalt.endpoint("ticks");
		ticks.send(new Reading("again", 0));
		List<Reception> receptions = ticks.awaitReceptions(2);
		assertThat(receptions.get(0).settlement()).isEqualTo(Settlement.REQUEUED);
		assertThat(receptions.get(1).settlement()).isEqualTo(Settlement.ACKNOWLEDGED);
	}

	@Test
	void whatIsPublishedIsSeenWithItsRoutingKey() {
		this.operations.send("prices", new Message<>(new Reading("eur", 2), 0, Map.of("amqp_routingKey", "price.eur")));
		SentMessage sent = this.gestalt.endpoint("prices").awaitSent();
		assertThat(sent.as(Reading.class)).isEqualTo(new Reading("eur", 2));
		assertThat(sent.headers()).containsEntry("amqp_receivedRoutingKey", "price.eur")
			.containsEntry("amqp_receivedExchange", "market");
		assertThat(this.gestalt.endpoint("ticks").awaitReception().payload()).isEqualTo(new Reading("eur", 2));
	}

	@Test
	void aRequestIsAnswered() {
		EndpointTester desk = this.gestalt.endpoint("quote-desk");
		assertThat(desk.request(new QuoteRequest("eur"), Quote.class)).isEqualTo(new Quote("eur", 3));
		Reception reception = desk.awaitReception(QuoteRequest.class);
		assertThat(reception.result()).isEqualTo(new Quote("eur", 3));
		assertThat(reception.settlement()).isEqualTo(Settlement.REPLIED);
		assertThat(desk.awaitSent(Quote.class)).isEqualTo(new Quote("eur", 3));
	}

	@Test
	void aRequestThatFailsIsAnsweredWithAnError() {
		EndpointTester desk = this.gestalt.endpoint("quote-desk");
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> desk.request(new QuoteRequest("none"), Quote.class))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo("no-such-currency"));
		assertThat(desk.awaitReception().settlement()).isEqualTo(Settlement.ERROR_REPLIED);
	}

	@Test
	void aServiceIsPlayedByTheTest() {
		EndpointTester quotes = this.gestalt.endpoint("quotes");
		quotes.answer(QuoteRequest.class, (request) -> new Quote(request.currency(), 7));
		assertThat(this.quotes.quote(new QuoteRequest("chf"))).isEqualTo(new Quote("chf", 7));
		assertThat(quotes.awaitSent(QuoteRequest.class)).isEqualTo(new QuoteRequest("chf"));
	}

	@Test
	void whatAKindOfEndpointCannotDoIsRefused() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.gestalt.endpoint("prices").send("x"))
			.withMessage("Endpoint 'prices' receives nothing but replies");
	}

}
