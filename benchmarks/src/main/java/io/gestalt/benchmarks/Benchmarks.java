package io.gestalt.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
		publish("benchmarks.md", new Comparison(Options.parse(args)).run().markdown());
	}

	/** Prints a table and writes it to a file beside the classes or the jar. */
	static void publish(String file, String table) throws IOException {
		new PrintStream(System.out, true, StandardCharsets.UTF_8).print(table);
		Files.writeString(directory().resolve(file), table);
	}

	private static Path directory() throws IOException {
		try {
			Path code = Path.of(Benchmarks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			return code.resolveSibling("");
		}
		catch (URISyntaxException ex) {
			throw new IOException("No directory for the table", ex);
		}
	}

}
