package io.gestalt.benchmarks;

import java.io.IOException;

import io.gestalt.benchmarks.run.Page;

/**
 * Compares the contenders in all workloads and prints one table, see {@code README.md}.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs the comparison and writes the table to {@code benchmarks.md} in the directory
	 * of the build.
	 * @param args see {@code README.md}
	 * @throws IOException if the table cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Options options = Options.parse(args);
		new Page(options.conditions(), new Comparison(options).run().markdown()).publish("benchmarks.md");
	}

}
