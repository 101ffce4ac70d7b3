package io.gestalt.amqp.contract;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gestalt.boot.annotation.GestaltListener;

/** Answers questions as a test wants them answered. */
final class Desk {

	final Queue<String> begun = new ConcurrentLinkedQueue<>();

	private final Work work;

	Desk(Work work) {
		this.work = work;
	}

	@GestaltListener("desk")
	Object answer(String question) throws Exception {
		this.begun.add(question);
		return this.work.on(question);
	}

	/** What the answer to a question is. */
	interface Work {

		Object on(String question) throws Exception;

	}

}
