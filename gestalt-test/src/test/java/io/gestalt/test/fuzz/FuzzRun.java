package io.gestalt.test.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One run of a coverage-guided fuzzer on one class, in a virtual machine of its own. The
 * class has a {@code public static void fuzzerTestOneInput(byte[])}, which lets nothing
 * through but what it cannot explain. Corpus and findings stay under {@code target/fuzz},
 * so that later runs go on from there.
 */
public final class FuzzRun {

	/** Seconds per target that were asked for, 0 for a short run within a build. */
	public static final int SECONDS = Integer.getInteger("gestalt.fuzz.seconds", 0);

	private final String name;

	private final Class<?> target;

	private final List<String> instrumented = new ArrayList<>(List.of("io.gestalt.**"));

	private final Map<String, String> properties = new LinkedHashMap<>();

	private int seconds = 3;

	private FuzzRun(String name, Class<?> target) {
		this.name = name;
		this.target = target;
	}

	public static FuzzRun of(String name, Class<?> target) {
		return new FuzzRun(name, target);
	}

	/** Packages of libraries whose branches count as coverage too. */
	public FuzzRun instrumenting(String... patterns) {
		this.instrumented.addAll(List.of(patterns));
		return this;
	}

	/** A system property that the target sees. */
	public FuzzRun property(String key, String value) {
		this.properties.put(key, value);
		return this;
	}

	/** How long it runs. */
	public FuzzRun seconds(int seconds) {
		this.seconds = seconds;
		return this;
	}

	/** An input to start from, under a name that is unique within this run. */
	public FuzzRun seed(String seedName, byte[] input) {
		try {
			Files.write(Files.createDirectories(directory().resolve("corpus")).resolve("seed-" + seedName), input);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Runs the fuzzer and fails with its output if it found something. */
	public void run() throws IOException, InterruptedException {
		Files.createDirectories(directory().resolve("corpus"));
		Path log = directory().resolve("log.txt");
		Process process = new ProcessBuilder(command()).redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.directory(directory().toFile())
			.start();
		try {
			assertThat(process.waitFor(this.seconds + 120L, TimeUnit.SECONDS)).as("%s ended in time", this.name)
				.isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String output = Files.readString(log);
		assertThat(process.exitValue()).as("fuzzing '%s':%n%s", this.name, output).isZero();
		assertThat(output).contains("Done ");
	}

	private List<String> command() {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx512m", "-Xss1m", "-XX:+EnableDynamicAgentLoading", "-cp",
				System.getProperty("java.class.path")));
		if (Runtime.version().feature() >= 24) {
			command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
		}
		this.properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
		command.add("com.code_intelligence.jazzer.Jazzer");
		command.add("--target_class=" + this.target.getName());
		command
			.add("--instrumentation_includes=" + String.join(System.getProperty("path.separator"), this.instrumented));
		command.add("--custom_hook_includes=io.gestalt.**");
		// It takes the queues of Netty for findings
		command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer");
		command.add("--reproducer_path=" + directory());
		command.add("-artifact_prefix=" + directory() + "/");
		command
			.addAll(List.of("-max_total_time=" + this.seconds, "-timeout=20", "-max_len=4096", "-rss_limit_mb=2048"));
		command.add(directory().resolve("corpus").toString());
		return command;
	}

	private Path directory() {
		return Path.of("target", "fuzz", this.name).toAbsolutePath();
	}

}
