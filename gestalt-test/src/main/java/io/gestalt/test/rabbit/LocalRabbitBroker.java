package io.gestalt.test.rabbit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The {@code rabbitmq-server} of this machine as a child process, with its files in a
 * temporary directory and on free ports of loopback.
 */
final class LocalRabbitBroker implements RabbitBroker {

	private final RabbitInstallation installation;

	private final RabbitHome home;

	private final Path directory;

	private final int port = RabbitHome.freePort();

	private final int distributionPort = RabbitHome.freePort();

	private final @Nullable RabbitCertificate certificate;

	private @Nullable KeptProcess server;

	/**
	 * Prepares a node that does not run yet.
	 * @param installation the RabbitMQ to run
	 * @param home what it shares with other nodes
	 * @param peer name of a node whose cluster it joins, {@code null} if it is the first
	 * @param plugins to enable
	 */
	LocalRabbitBroker(RabbitInstallation installation, RabbitHome home, @Nullable String peer, List<String> plugins) {
		this(installation, home, peer, plugins, null);
	}

	/**
	 * Prepares a node that does not run yet.
	 * @param installation the RabbitMQ to run
	 * @param home what it shares with other nodes
	 * @param peer name of a node whose cluster it joins, {@code null} if it is the first
	 * @param plugins to enable
	 * @param certificate for TLS, {@code null} if it takes plain connections
	 */
	LocalRabbitBroker(RabbitInstallation installation, RabbitHome home, @Nullable String peer, List<String> plugins,
			@Nullable RabbitCertificate certificate) {
		this.certificate = certificate;
		this.installation = installation;
		this.home = home;
		this.directory = home.enter(this, String.valueOf(this.port));
		try {
			Files.writeString(this.directory.resolve("rabbitmq.conf"), configuration(peer, plugins));
			Files.writeString(this.directory.resolve("enabled_plugins"),
					"[%s].%n".formatted(String.join(",", plugins)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String configuration(@Nullable String peer, List<String> plugins) {
		StringBuilder configuration = new StringBuilder("""
				disk_free_limit.absolute = 50MB
				vm_memory_high_watermark.relative = 0.4
				""");
		configuration.append(listener());
		if (plugins.contains("rabbitmq_stream")) {
			configuration.append("stream.listeners.tcp.1 = 127.0.0.1:%d%n".formatted(RabbitHome.freePort()));
		}
		if (peer != null) {
			configuration.append("""
					cluster_formation.peer_discovery_backend = classic_config
					cluster_formation.classic_config.nodes.1 = %s
					""".formatted(peer));
		}
		return configuration.toString();
	}

	private String listener() {
		RabbitCertificate shown = this.certificate;
		return (shown == null) ? "listeners.tcp.1 = 127.0.0.1:%d%n".formatted(this.port) : """
				listeners.tcp = none
				listeners.ssl.1 = 127.0.0.1:%d
				ssl_options.certfile = %s
				ssl_options.cacertfile = %s
				ssl_options.keyfile = %s
				ssl_options.verify = verify_none
				ssl_options.fail_if_no_peer_cert = false
				""".formatted(this.port, shown.certificate(), shown.certificate(), shown.key());
	}

	/** As the other nodes know it. */
	String name() {
		return "gestalt-%d@localhost".formatted(this.port);
	}

	private Map<String, String> environment() {
		Map<String, String> environment = new HashMap<>(this.home.environment());
		environment.putAll(Map.of("RABBITMQ_NODENAME", name(), "RABBITMQ_DIST_PORT",
				String.valueOf(this.distributionPort), "RABBITMQ_LOGS", "-", "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
				"-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
				"RUNNING_UNDER_SYSTEMD", "1"));
		environment.putAll(Map.of("RABBITMQ_MNESIA_BASE", path("mnesia"), "RABBITMQ_LOG_BASE", path("log"),
				"RABBITMQ_PID_FILE", path("pid"), "RABBITMQ_ENABLED_PLUGINS_FILE", path("enabled_plugins"),
				"RABBITMQ_PLUGINS_EXPAND_DIR", path("plugins"), "RABBITMQ_CONFIG_FILE", path("rabbitmq.conf"),
				"RABBITMQ_GENERATED_CONFIG_DIR", path("config"), "RABBITMQ_CONF_ENV_FILE", path("none.conf")));
		return environment;
	}

	private String path(String file) {
		return this.directory.resolve(file).toString();
	}

	@Override
	public String host() {
		return "127.0.0.1";
	}

	@Override
	public int port() {
		return this.port;
	}

	synchronized boolean running() {
		return this.server != null;
	}

	@Override
	public synchronized void start() {
		if (this.server == null) {
			KeptProcess started = KeptProcess.start(environment(), this.installation.server());
			started.awaitOutput("Server startup complete");
			this.server = started;
		}
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
		if (this.server != null) {
			this.server.end(atOnce);
			this.server = null;
		}
	}

	@Override
	public String control(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.installation.control()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment());
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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

	/** Ends the node; its files go with the last one of its home. */
	@Override
	public void close() {
		stop();
		this.home.leave(this);
	}

}
