package io.gestalt.amqp.contract;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.message.Acknowledgment;

import org.springframework.messaging.handler.annotation.Headers;

/** Writes down the numbers that it is done with. */
final class Ticks {

	final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

	/** Every attempt, whatever became of it. */
	final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

	final Queue<Map<String, Object>> headers = new ConcurrentLinkedQueue<>();

	private final Work work;

	Ticks() {
		this((number, acknowledgment) -> null);
	}

	Ticks(Work work) {
		this.work = work;
	}

	@GestaltListener("ticks")
	Object tick(int number, @Headers Map<String, Object> sent, Acknowledgment acknowledgment) throws Exception {
		this.begun.add(number);
		this.headers.add(sent);
		Object result = this.work.on(number, acknowledgment);
		this.seen.add(number);
		return result;
	}

	/** What is done with a number. */
	interface Work {

		Object on(int number, Acknowledgment acknowledgment) throws Exception;

	}

}
