package io.gestalt.sample.docs;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.RoutingKey;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.client.GestaltClientFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The example of the page about AMQP, on the broker within the application. */
@Timeout(60)
class MarketTests {

	@Test
	void ticksAreReadAndQuotesGiven() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Market.class).run(
				"--spring.config.name=market", "--gestalt.amqp.publisher.prices.exchange=market",
				"--gestalt.amqp.subscriber.ticks.exchange=market",
				"--gestalt.amqp.subscriber.ticks.routing-keys=price.#", "--gestalt.amqp.subscriber.ticks.group=pricing",
				"--gestalt.amqp.responder.quote-desk.service=quotes",
				"--gestalt.amqp.requester.quotes.service=quotes")) {
			context.getBean(Prices.class).publish("price.eur", new Tick("EUR", 1.25));
			context.getBean(Prices.class).publish("rumour.eur", new Tick("EUR", 7));
			Ticks ticks = context.getBean(Ticks.class);
			await().until(() -> !ticks.seen.isEmpty());
			assertThat(ticks.seen).containsExactly(new Tick("EUR", 1.25));
			assertThat(context.getBean(Quotes.class).quote(new QuoteRequest("EUR", 100)))
				.isEqualTo(new Quote("EUR", 125));
		}
	}

	record Tick(String symbol, double price) {
	}

	@GestaltClient("prices")
	interface Prices {

		void publish(@RoutingKey String key, Tick tick);

	}

	@Component
	static class Ticks {

		final Queue<Tick> seen = new ConcurrentLinkedQueue<>();

		@GestaltListener("ticks")
		void tick(Tick tick) {
			this.seen.add(tick);
		}

	}

	record QuoteRequest(String symbol, int amount) {
	}

	record Quote(String symbol, double total) {
	}

	@Component
	static class QuoteDesk {

		@GestaltListener("quote-desk")
		Quote quote(QuoteRequest request) {
			return new Quote(request.symbol(), request.amount() * 1.25);
		}

	}

	@GestaltClient("quotes")
	interface Quotes {

		Quote quote(QuoteRequest request);

	}

	@EnableAutoConfiguration
	@Import({ Ticks.class, QuoteDesk.class })
	static class Market {

		/** Scanning finds clients, but not within tests. */
		@Bean
		GestaltClientFactory<Prices> pricesClient() {
			return new GestaltClientFactory<>(Prices.class);
		}

		@Bean
		GestaltClientFactory<Quotes> quotesClient() {
			return new GestaltClientFactory<>(Quotes.class);
		}

	}

}
