package io.gestalt.benchmarks.workload;

/** How messages follow each other. */
public enum Mode {

	/** One message in flight: the next is sent when the reply has come. */
	LATENCY("latency", 1),

	/** 256 messages in flight, over all connections. */
	PIPELINED("pipelined", 256),

	/** No replies: as fast as the socket takes it. */
	ONE_WAY("one-way", 0);

	private final String word;

	private final int inFlight;

	Mode(String word, int inFlight) {
		this.word = word;
		this.inFlight = inFlight;
	}

	/** The word in names of workloads. */
	public String word() {
		return this.word;
	}

	/** How many messages may wait for their reply, 0 if there are no replies. */
	public int inFlight() {
		return this.inFlight;
	}

}
