package io.gestalt.test.rabbit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The {@code rabbitmq-server} of this machine as a child process, with its files in a
 * temporary directory and on free ports of loopback. A shell holds it and a port mapper
 * of its own; both end when their input does, be it that this JVM was killed.
 */
final class LocalRabbitBroker implements RabbitBroker {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final List<Path> PLACES = List.of(Path.of("/usr/lib/rabbitmq/lib"),
			Path.of("/usr/local/lib/rabbitmq/lib"), Path.of("/opt/rabbitmq"));

	private static final String KEEPER = """
			exec 3<&0
			"$EPMD" -address 127.0.0.1 -port "$ERL_EPMD_PORT" </dev/null >/dev/null 2>&1 &
			mapper=$!
			"$SERVER" </dev/null 2>&1 &
			server=$!
			echo "server is $server"
			(read -r line <&3; kill -TERM $server 2>/dev/null) &
			wait $server
			kill -TERM $mapper 2>/dev/null
			wait $mapper
			""";

	private final Path scripts;

	private final Path home;

	private final int port = freePort();

	private final int distributionPort = freePort();

	private final int mapperPort = freePort();

	private @Nullable Process keeper;

	private long server;

	LocalRabbitBroker(Path scripts) {
		this.scripts = scripts;
		try {
			this.home = Files.createTempDirectory("rabbit");
			Files.writeString(this.home.resolve("rabbitmq.conf"), """
					listeners.tcp.1 = 127.0.0.1:%d
					disk_free_limit.absolute = 50MB
					vm_memory_high_watermark.relative = 0.4
					""".formatted(this.port));
			Files.writeString(this.home.resolve("enabled_plugins"), "[].\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start();
	}

	/**
	 * Where the scripts of the installed server are: what is on the path changes user.
	 */
	static Optional<Path> find() {
		return PLACES.stream().filter(Files::isDirectory).flatMap(LocalRabbitBroker::scripts).findFirst();
	}

	private static Stream<Path> scripts(Path place) {
		try (Stream<Path> versions = Files.list(place)) {
			return versions.map((version) -> version.resolve("sbin"))
				.filter((scripts) -> Files.isExecutable(scripts.resolve("rabbitmq-server")))
				.sorted(Comparator.reverseOrder())
				.toList()
				.stream();
		}
		catch (IOException ex) {
			return Stream.empty();
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, String> environment() {
		String node = "gestalt-%d@localhost".formatted(this.port);
		return Map.ofEntries(Map.entry("HOME", this.home.toString()), Map.entry("RABBITMQ_NODENAME", node),
				Map.entry("RABBITMQ_NODE_PORT", String.valueOf(this.port)),
				Map.entry("RABBITMQ_DIST_PORT", String.valueOf(this.distributionPort)),
				Map.entry("RABBITMQ_MNESIA_BASE", path("mnesia")), Map.entry("RABBITMQ_LOG_BASE", path("log")),
				Map.entry("RABBITMQ_LOGS", "-"), Map.entry("RABBITMQ_PID_FILE", path("pid")),
				Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", path("enabled_plugins")),
				Map.entry("RABBITMQ_PLUGINS_EXPAND_DIR", path("plugins")),
				Map.entry("RABBITMQ_CONFIG_FILE", path("rabbitmq.conf")),
				Map.entry("RABBITMQ_GENERATED_CONFIG_DIR", path("config")),
				Map.entry("RABBITMQ_CONF_ENV_FILE", path("none.conf")),
				Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
						"-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"),
				Map.entry("ERL_EPMD_PORT", String.valueOf(this.mapperPort)), Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
				Map.entry("RUNNING_UNDER_SYSTEMD", "1"),
				Map.entry("SERVER", this.scripts.resolve("rabbitmq-server").toString()), Map.entry("EPMD", "epmd"));
	}

	private String path(String name) {
		return this.home.resolve(name).toString();
	}

	@Override
	public String host() {
		return "127.0.0.1";
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public synchronized void start() {
		if (this.keeper != null) {
			return;
		}
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", KEEPER).redirectErrorStream(true);
		builder.environment().putAll(environment());
		try {
			Process started = builder.start();
			this.keeper = started;
			awaitStart(started);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitStart(Process started) throws IOException {
		BufferedReader output = started.inputReader();
		List<String> lines = new ArrayList<>();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			lines.add(line);
			if (line.startsWith("server is ")) {
				this.server = Long.parseLong(line.substring("server is ".length()));
			}
			if (line.contains("Server startup complete")) {
				drain(output);
				return;
			}
			if (System.nanoTime() > deadline) {
				break;
			}
		}
		end(false);
		throw new IllegalStateException("RabbitMQ did not start:%n%s".formatted(String.join("\n", lines)));
	}

	private static void drain(BufferedReader output) {
		Thread reader = new Thread(() -> {
			try {
				output.transferTo(java.io.Writer.nullWriter());
			}
			catch (IOException ex) {
				// it has ended
			}
		}, "output-of-rabbitmq");
		reader.setDaemon(true);
		reader.start();
	}

	@Override
	public void stop() {
		end(false);
	}

	@Override
	public void kill() {
		end(true);
	}

	private synchronized void end(boolean atOnce) {
		Process running = this.keeper;
		if (running == null) {
			return;
		}
		this.keeper = null;
		ProcessHandle.of(this.server).ifPresent((handle) -> {
			if (atOnce) {
				handle.destroyForcibly();
			}
			else {
				handle.destroy();
			}
		});
		try {
			running.getOutputStream().close();
			if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				running.descendants().forEach(ProcessHandle::destroyForcibly);
				running.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String control(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.scripts.resolve("rabbitmqctl").toString()));
		Arrays.stream(arguments).filter((argument) -> !argument.isEmpty()).forEach(command::add);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment());
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(),
					java.nio.charset.StandardCharsets.UTF_8);
			int code = process.waitFor();
			if (code != 0) {
				throw new IllegalStateException("rabbitmqctl ended with %d: %s".formatted(code, output));
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while rabbitmqctl ran", ex);
		}
	}

	@Override
	public void close() {
		end(false);
		try (Stream<Path> files = Files.walk(this.home)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
