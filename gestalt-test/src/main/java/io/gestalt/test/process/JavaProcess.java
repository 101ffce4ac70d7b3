package io.gestalt.test.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A class of this class path in a JVM of its own, which ends with its parent at the
 * latest.
 */
public final class JavaProcess implements AutoCloseable {

	/** What the JVM exits with after SIGTERM: 128 and the number of the signal. */
	public static final int TERMINATED = 143;

	private final Process process;

	private final Thread hook;

	private final Thread reader;

	private final StringBuilder output = new StringBuilder();

	private boolean ended;

	private JavaProcess(Process process) {
		this.process = process;
		this.hook = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.hook);
		this.reader = new Thread(this::read, "output-of-" + process.pid());
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Starts a JVM.
	 * @param main the class to run
	 * @param options for the JVM, such as system properties
	 * @param arguments for the class
	 */
	public static JavaProcess start(Class<?> main, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		try {
			return new JavaProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("JVM for '%s' cannot start".formatted(main.getName()), ex);
		}
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				append(line);
			}
		}
		catch (IOException ex) {
			append("Output was lost: " + ex);
		}
		finally {
			end();
		}
	}

	private synchronized void append(String line) {
		this.output.append(line).append('\n');
		notifyAll();
	}

	private synchronized void end() {
		this.ended = true;
		notifyAll();
	}

	/** What it has written so far to both its standard output and its standard error. */
	public synchronized String output() {
		return this.output.toString();
	}

	/**
	 * Waits until the output contains a text.
	 * @throws IllegalStateException if the JVM ended or the time is over before
	 * @throws InterruptedException if the thread is interrupted
	 */
	public synchronized Matcher awaitOutput(String regex, Duration timeout) throws InterruptedException {
		Pattern pattern = Pattern.compile(regex);
		long deadline = System.nanoTime() + timeout.toNanos();
		Matcher matcher = pattern.matcher(this.output.toString());
		while (!matcher.find()) {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (this.ended || millis <= 0) {
				throw new IllegalStateException("Output of process %d has no '%s' %s:%n%s".formatted(this.process.pid(),
						regex, this.ended ? "at its end" : "within " + timeout, this.output));
			}
			wait(millis);
			matcher = pattern.matcher(this.output.toString());
		}
		return matcher;
	}

	/** Asks it to end, with SIGTERM where there are signals. */
	public void terminate() {
		// Process.destroy() would close its output too.
		this.process.toHandle().destroy();
	}

	/**
	 * Waits for its end, and for all of its output.
	 * @return what it exited with, {@code null} if it still runs when the time is over
	 * @throws InterruptedException if the thread is interrupted
	 */
	public @Nullable Integer awaitExit(Duration timeout) throws InterruptedException {
		if (!this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
			return null;
		}
		this.reader.join(timeout.toMillis());
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

}
