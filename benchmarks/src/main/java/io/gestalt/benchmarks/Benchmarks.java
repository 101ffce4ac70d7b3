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
		Options options = Options.parse(args);
		publish("benchmarks.md", options, new Comparison(options).run().markdown());
	}

	/**
	 * Prints a table, after a line that says how it was made, and writes both to a file
	 * beside the classes or the jar.
	 */
	static void publish(String file, Options options, String table) throws IOException {
		String page = "%s%n%n%s".formatted(options.conditions(), table);
		new PrintStream(System.out, true, StandardCharsets.UTF_8).print(page);
		Files.writeString(directory().resolve(file), page);
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
