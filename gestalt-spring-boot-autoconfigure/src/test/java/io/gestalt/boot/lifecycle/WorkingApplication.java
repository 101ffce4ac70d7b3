package io.gestalt.boot.lifecycle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.message.Counter;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** An application that takes a millisecond, or for ever, for each message. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WorkingApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(WorkingApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@Bean
	Worker worker(@Value("${file}") Path file, @Value("${stuck:false}") boolean stuck) throws IOException {
		return new Worker(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), stuck);
	}

	@Bean
	Accountant accountant(Endpoint work) {
		return new Accountant(work);
	}

	/** Writes down what it has done before it says so. */
	record Worker(FileChannel file, boolean stuck) {

		@GestaltListener("work")
		String work(String message) throws IOException {
			String number = message.strip();
			if (this.stuck) {
				System.out.println("stuck with " + number);
			}
			do {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
			}
			while (this.stuck);
			this.file.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)));
			return number;
		}

	}

	/** Prints what the endpoint has counted by its end. */
	record Accountant(Endpoint endpoint) {

		@EventListener
		void account(EndpointEvent.Stopped event) {
			System.out.printf("received=%d handled=%d abandoned=%d report=%s%n",
					this.endpoint.counters().get(Counter.RECEIVED), this.endpoint.counters().get(Counter.HANDLED),
					this.endpoint.counters().get(Counter.ABANDONED), event.report());
		}

	}

}
