package io.gestalt.boot.amqp;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.gestalt.boot.annotation.GestaltListener;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that takes its time for each question, and answers with its name. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AnsweringApplication {

	public static void main(String[] args) {
		SpringApplication.run(AnsweringApplication.class, args);
	}

	@Bean
	Clerk clerk(@Value("${clerk}") String name, @Value("${pace}") Duration pace) {
		return new Clerk(name, pace);
	}

	/** Who answers. */
	record Clerk(String name, Duration pace) {

		@GestaltListener("desk")
		String answer(int question) {
			System.out.println("begun " + question);
			LockSupport.parkNanos(this.pace.toNanos());
			return question + " by " + this.name;
		}

	}

}
