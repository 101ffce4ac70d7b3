package io.gestalt.test.rabbit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that a shell holds, which ends it when its input ends, be it that this
 * JVM was killed.
 */
final class KeptProcess {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final String ANNOUNCEMENT = "kept process is ";

	private static final String KEEPER = """
			exec 3<&0
			"$@" </dev/null 2>&1 &
			kept=$!
			echo "kept process is $kept"
			(read -r line <&3; kill -TERM $kept 2>/dev/null) &
			wait $kept
			""";

	private final Process keeper;

	private final BufferedReader output;

	private final long pid;

	private KeptProcess(Process keeper) throws IOException {
		this.keeper = keeper;
		this.output = keeper.inputReader();
		String line = this.output.readLine();
		if (line == null || !line.startsWith(ANNOUNCEMENT)) {
			throw new IOException("A shell says '%s' instead of '%s'".formatted(line, ANNOUNCEMENT));
		}
		this.pid = Long.parseLong(line.substring(ANNOUNCEMENT.length()));
	}

	static KeptProcess start(Map<String, String> environment, String... command) {
		List<String> all = new ArrayList<>(List.of("sh", "-c", KEEPER, "keeper"));
		all.addAll(List.of(command));
		ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
		builder.environment().putAll(environment);
		try {
			return new KeptProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until it has written a text; what it writes later nobody reads.
	 * @throws IllegalStateException if it ends without
	 */
	void awaitOutput(String text) {
		List<String> lines = new ArrayList<>();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		try {
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				lines.add(line);
				if (line.contains(text)) {
					drain();
					return;
				}
				if (System.nanoTime() > deadline) {
					break;
				}
			}
		}
		catch (IOException ex) {
			lines.add(ex.toString());
		}
		end(true);
		throw new IllegalStateException("'%s' was not to be read:%n%s".formatted(text, String.join("\n", lines)));
	}

	private void drain() {
		Thread reader = new Thread(() -> {
			try {
				this.output.transferTo(Writer.nullWriter());
			}
			catch (IOException ex) {
				// it has ended
			}
		}, "output-of-" + this.pid);
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Ends it and waits for that.
	 * @param atOnce whether by SIGKILL
	 */
	void end(boolean atOnce) {
		ProcessHandle.of(this.pid).ifPresent(atOnce ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
		try {
			this.keeper.getOutputStream().close();
			if (!this.keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				this.keeper.descendants().forEach(ProcessHandle::destroyForcibly);
				this.keeper.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
