package io.gestalt.boot.amqp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.EndpointEvent;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** An application that takes its time for each message, and writes it down. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class TickingApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(TickingApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@Bean
	Clerk clerk(@Value("${file}") Path file, @Value("${pace}") Duration pace) throws IOException {
		return new Clerk(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), pace);
	}

	/** Writes down what it has handled before it says so. */
	record Clerk(FileChannel file, Duration pace) {

		@GestaltListener("ticks")
		void tick(int number) throws IOException {
			LockSupport.parkNanos(this.pace.toNanos());
			this.file.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)));
		}

		@EventListener
		void stopped(EndpointEvent.Stopped event) {
			System.out.printf("returned=%d%n", event.report().returned());
		}

	}

}
