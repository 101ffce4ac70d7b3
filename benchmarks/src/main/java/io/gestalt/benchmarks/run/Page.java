package io.gestalt.benchmarks.run;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A table to be pasted as it is.
 *
 * @param conditions a sentence that says how it was made
 * @param table the table in Markdown
 */
public record Page(String conditions, String table) {

	/**
	 * Prints the page, and writes it to a file beside the classes or the jar.
	 * @throws IOException if it cannot be written
	 */
	public void publish(String file) throws IOException {
		String page = "%s%n%n%s".formatted(this.conditions, this.table);
		new PrintStream(System.out, true, StandardCharsets.UTF_8).print(page);
		Files.writeString(directory().resolve(file), page);
	}

	private static Path directory() throws IOException {
		try {
			Path code = Path.of(Page.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			return code.resolveSibling("");
		}
		catch (URISyntaxException ex) {
			throw new IOException("No directory for the table", ex);
		}
	}

}
