package io.gestalt.benchmarks.workload;

/** What a server makes of a payload. */
public enum Format {

	/** The payload is passed on as it is. */
	BYTES("bytes"),

	/** The payload is read into an {@link Order}, and a reply written from it. */
	JSON("json");

	private final String word;

	Format(String word) {
		this.word = word;
	}

	/** The word in names of workloads. */
	public String word() {
		return this.word;
	}

}
