package io.gestalt.harness;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran in a JVM of its own.
 *
 * @param exitCode what it ended with
 * @param output what it printed
 */
public record Fork(int exitCode, String output) {

	/** Runs the main method of a class, with options for the JVM before it. */
	public static Fork run(List<String> options, Class<?> main, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(List.of(arguments));
		File output = Files.createTempFile(Path.of("target"), "fork", ".txt").toFile();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
		try {
			if (!process.waitFor(120, TimeUnit.SECONDS)) {
				throw new IOException("%s has not ended: %s".formatted(main, read(output)));
			}
			return new Fork(process.exitValue(), read(output));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String read(File output) throws IOException {
		return Files.readString(output.toPath(), StandardCharsets.UTF_8);
	}

}
