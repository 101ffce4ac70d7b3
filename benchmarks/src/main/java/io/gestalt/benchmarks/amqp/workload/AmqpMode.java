package io.gestalt.benchmarks.amqp.workload;

/** What is measured. */
public enum AmqpMode {

	/** Publishing without confirms. */
	PUBLISH("publish", Role.PUBLISHER, 1),

	/** Publishing with confirms, {@link AmqpWorkload#WINDOW} messages unconfirmed. */
	CONFIRMED("confirmed", Role.PUBLISHER, 1),

	/** Draining a queue that was filled before, with acknowledgements. */
	CONSUME("consume", Role.CONSUMER, 1),

	/** One caller that waits for the reply to each request. */
	RPC_1("rpc-1", Role.REQUESTER, 1),

	/** Callers on threads of their own. */
	RPC_32("rpc-32", Role.REQUESTER, 32);

	private final String word;

	private final Role role;

	private final int threads;

	AmqpMode(String word, Role role, int threads) {
		this.word = word;
		this.role = role;
		this.threads = threads;
	}

	/** The word in names of workloads. */
	public String word() {
		return this.word;
	}

	/** The role of the process in which is measured. */
	public Role role() {
		return this.role;
	}

	/** How many threads send. */
	public int threads() {
		return this.threads;
	}

}
