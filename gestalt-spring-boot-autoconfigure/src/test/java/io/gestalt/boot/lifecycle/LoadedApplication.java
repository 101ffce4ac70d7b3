package io.gestalt.boot.lifecycle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.timer.GestaltTimer;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Counter;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * An application that answers on TCP, consumes and publishes on RabbitMQ and has a timer,
 * all at the same time.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class LoadedApplication {

	/** What is stuck, if anything is. */
	enum Stuck {

		NOTHING, WORK, TICK, PULSE

	}

	public static void main(String[] args) {
		new SpringApplicationBuilder(LoadedApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@Bean
	Ledger ledger(@Value("${file}") Path file) throws IOException {
		return new Ledger(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
	}

	@Bean
	Hands hands(Ledger ledger, Endpoint results, @Value("${stuck}") Stuck stuck, @Value("${pace}") Duration pace) {
		return new Hands(ledger, results, stuck, pace);
	}

	@Bean
	Accountant accountant(Endpoint work) {
		return new Accountant(work);
	}

	/** Written down at once, so that nothing of it goes with the application. */
	record Ledger(FileChannel file) {

		void write(String kind, Object what) {
			try {
				this.file.write(ByteBuffer.wrap("%s %s%n".formatted(kind, what).getBytes(StandardCharsets.US_ASCII)));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** Writes down what it has done when it is done. */
	static final class Hands {

		private static final int STUCK_AT = 50;

		private final Ledger ledger;

		private final Endpoint results;

		private final Stuck stuck;

		private final Duration pace;

		private final AtomicInteger pulses = new AtomicInteger();

		private final AtomicInteger works = new AtomicInteger();

		Hands(Ledger ledger, Endpoint results, Stuck stuck, Duration pace) {
			this.ledger = ledger;
			this.results = results;
			this.stuck = stuck;
			this.pace = pace;
		}

		private void take(Stuck part, int number) {
			do {
				LockSupport.parkNanos(this.pace.toNanos());
			}
			while (this.stuck == part && number == STUCK_AT);
		}

		private void publish(String what) throws Exception {
			try {
				this.results.sendAsync(what).get(30, TimeUnit.SECONDS);
				this.ledger.write("sent", what);
			}
			catch (Exception ex) {
				this.ledger.write("unsent", what);
				throw ex;
			}
		}

		@GestaltListener("work")
		String work(String message) {
			take(Stuck.WORK, this.works.incrementAndGet());
			this.ledger.write("worked", message.strip());
			return message.strip();
		}

		@GestaltListener("ticks")
		void tick(int number) throws Exception {
			this.ledger.write("ticking", number);
			take(Stuck.TICK, number);
			publish("tick-" + number);
			this.ledger.write("ticked", number);
		}

		@GestaltTimer(value = "pulse", interval = "7ms")
		void pulse() throws Exception {
			int number = this.pulses.incrementAndGet();
			this.ledger.write("pulsing", number);
			take(Stuck.PULSE, number);
			publish("pulse-" + number);
			this.ledger.write("pulsed", number);
		}

	}

	/** Prints what is reported, and what was counted by then. */
	record Accountant(Endpoint work) {

		@EventListener
		void account(ShutdownReport report) {
			System.out.printf("report elapsed=%d abandoned=%d returned=%d dropped=%d unsent=%d%n",
					report.elapsed().toMillis(), report.abandoned(), report.returned(), report.dropped(),
					report.endpoints().get("results").dropped());
			System.out.printf("work received=%d handled=%d abandoned=%d%n", this.work.counters().get(Counter.RECEIVED),
					this.work.counters().get(Counter.HANDLED), this.work.counters().get(Counter.ABANDONED));
		}

	}

}
