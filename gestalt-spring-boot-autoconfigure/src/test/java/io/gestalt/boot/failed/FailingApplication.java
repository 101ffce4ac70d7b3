package io.gestalt.boot.failed;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.failed.FailedMessages;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** An application that can handle nothing, and says so when it is done with a message. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class FailingApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(FailingApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@Bean
	Desk desk(FailedMessages messages) {
		return new Desk(messages);
	}

	record Desk(FailedMessages messages) {

		@GestaltListener("orders")
		void take(int number) {
			if (number > 0) {
				System.out.println("kept=" + this.messages.counts(null).kept());
			}
			throw new IllegalStateException("number " + number);
		}

		@EventListener
		void started(EndpointEvent.Started event) {
			System.out.println("started at " + event.addresses());
		}

	}

}
