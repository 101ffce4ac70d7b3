package io.gestalt.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that answers lines by lines. It ends with its parent at the latest: by
 * {@link #close()}, by a shutdown hook, or as its standard input ends.
 */
public final class ChildProcess implements AutoCloseable {

	/**
	 * The same for all. A fixed heap, so that growing it costs nobody; the parallel
	 * collector, as it has no concurrent threads that would compete with the measured
	 * ones for a core and blur the CPU time of a message.
	 */
	static final List<String> JVM_FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final String name;

	private final Process process;

	private final Writer commands;

	private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

	private final Thread hook;

	private ChildProcess(String name, Process process) {
		this.name = name;
		this.process = process;
		this.commands = process.outputWriter();
		this.hook = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.hook);
		Thread reader = new Thread(this::read, name);
		reader.setDaemon(true);
		reader.start();
	}

	/** Starts a class of this class path. */
	public static ChildProcess start(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(JVM_FLAGS);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		String name = main.getSimpleName() + List.of(arguments);
		try {
			return new ChildProcess(name, new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot start".formatted(name), ex);
		}
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.answers.add(Optional.of(line));
			}
		}
		catch (IOException ex) {
			// The same as the end: whoever waits for an answer learns that there is none.
		}
		this.answers.add(Optional.empty());
	}

	/** Sends a command and waits for its answer. */
	public String ask(String command, Duration timeout) {
		try {
			this.commands.write(command + "\n");
			this.commands.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s is gone".formatted(this.name), ex);
		}
		return answer(timeout);
	}

	/** Waits for a line. */
	public String answer(Duration timeout) {
		try {
			Optional<String> answer = this.answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
			if (answer == null) {
				throw new IllegalStateException("%s gave no answer for %s".formatted(this.name, timeout));
			}
			return answer.filter((line) -> !line.startsWith("FAILED"))
				.orElseThrow(() -> new IllegalStateException(
						"%s: %s".formatted(this.name, answer.orElse("ended without an answer"))));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for %s".formatted(this.name), ex);
		}
	}

	@Override
	public void close() {
		try {
			this.commands.write("stop\n");
			this.commands.close();
			this.process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (IOException ex) {
			// It has ended already.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.process.destroyForcibly();
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
	}

}
