package io.gestalt.boot.amqp.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.util.ReflectionUtils;

/**
 * An Apache Qpid Broker-J that listens on a free port of loopback, keeps everything in
 * memory and ends with the application. It speaks AMQP 0-9-1, but is no RabbitMQ: see the
 * documentation for what differs.
 */
final class EmbeddedBroker implements RabbitConnectionDetails, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedBroker.class);

	private static final String USER = "gestalt";

	private static final String SHUTDOWN_HOOK = "_shutdownHook";

	private static final String CONFIGURATION = """
			{
			  "name": "gestalt",
			  "modelVersion": "9.1",
			  "authenticationproviders": [ {
			    "name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
			    "users": [ { "name": "%s", "type": "managed", "password": "%s" } ]
			  } ],
			  "ports": [ {
			    "name": "AMQP", "port": "%d", "bindingAddress": "127.0.0.1", "authenticationProvider": "plain",
			    "protocols": [ "AMQP_0_9_1" ],
			    "virtualhostaliases": [
			      { "name": "default", "type": "defaultAlias" }, { "name": "name", "type": "nameAlias" }
			    ]
			  } ],
			  "virtualhostnodes": [ {
			    "name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
			    "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"
			  } ]
			}
			""";

	private final SystemLauncher launcher;

	private final Path directory;

	private final int port;

	private final String password = UUID.randomUUID().toString();

	EmbeddedBroker() {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		AtomicReference<SystemConfig<?>> system = new AtomicReference<>();
		this.launcher = new SystemLauncher(new DefaultSystemLauncherListener() {

			@Override
			public void errorOnStartup(RuntimeException cause) {
				failure.set(cause);
			}

			@Override
			public void onContainerResolve(SystemConfig<?> resolved) {
				system.set(resolved);
			}

		});
		try {
			this.port = freePort();
			this.directory = Files.createTempDirectory("gestalt-broker");
			this.launcher.startup(attributes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException("The embedded broker did not start", ex);
		}
		if (failure.get() != null) {
			throw new IllegalStateException("The embedded broker did not start", failure.get());
		}
		keepUntilClosed(system.get());
		logger.warn("No RabbitMQ is configured, so messages go through a broker within this application, on port {}. "
				+ "Set 'spring.rabbitmq.host' or 'spring.rabbitmq.addresses' to use RabbitMQ", this.port);
	}

	/** By itself it would end as soon as the JVM is to, ahead of the endpoints. */
	private static void keepUntilClosed(@Nullable SystemConfig<?> system) {
		Object broker = (system != null) ? system.getContainer() : null;
		Field field = (broker != null) ? ReflectionUtils.findField(broker.getClass(), SHUTDOWN_HOOK) : null;
		if (field != null) {
			ReflectionUtils.makeAccessible(field);
			if (ReflectionUtils.getField(field, broker) instanceof Thread hook) {
				Runtime.getRuntime().removeShutdownHook(hook);
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private Map<String, Object> attributes() throws IOException {
		Path configuration = Files.writeString(this.directory.resolve("broker.json"),
				CONFIGURATION.formatted(USER, this.password, this.port));
		Path properties = Files.writeString(this.directory.resolve("system.properties"), "");
		Map<String, Object> attributes = new HashMap<>();
		attributes.put("type", "Memory");
		attributes.put("initialConfigurationLocation", configuration.toUri().toString());
		// inside an executable jar the broker cannot read its own default
		attributes.put("initialSystemPropertiesLocation", properties.toUri().toString());
		attributes.put("startupLoggedToSystemOut", false);
		attributes.put("context", context());
		return attributes;
	}

	/**
	 * Arguments of RabbitMQ that the broker does not know are no errors, and what is
	 * rejected is gone: it would be delivered again for ever.
	 */
	private Map<String, String> context() {
		return Map.of("qpid.work_dir", this.directory.toString(), "queue.behaviourOnUnknownDeclareArgument", "IGNORE",
				"exchange.behaviourOnUnknownDeclareArgument", "IGNORE", "queue.maximumDeliveryAttempts", "1");
	}

	@Override
	public String getUsername() {
		return USER;
	}

	@Override
	public String getPassword() {
		return this.password;
	}

	@Override
	public List<Address> getAddresses() {
		return List.of(new Address("127.0.0.1", this.port));
	}

	@Override
	public void close() {
		this.launcher.shutdown();
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			logger.debug("Files of the embedded broker remain in {}", this.directory, ex);
		}
	}

}
