package io.gestalt.boot.web;

import io.gestalt.boot.client.GestaltClient;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application that has to ask others before it can answer. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WebApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(WebApplication.class).web(WebApplicationType.SERVLET).run(args);
	}

	@RestController
	record Front(Rates rates, Quotes quotes) {

		@GetMapping("/rate")
		String rate() {
			return this.rates.ask("EUR");
		}

		@GetMapping("/quote")
		String quote() {
			return this.quotes.ask("ACME");
		}

	}

	@GestaltClient("rates")
	interface Rates {

		String ask(String currency);

	}

	@GestaltClient("quotes")
	interface Quotes {

		String ask(String symbol);

	}

}
