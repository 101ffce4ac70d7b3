package io.gestalt.test.rabbit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** RabbitMQ in a container, the port of which stays the same while it restarts. */
final class ContainerRabbitBroker implements RabbitBroker {

	private static final String IMAGE = "rabbitmq:4";

	private static final int AMQP = 5672;

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final long PAUSE = Duration.ofMillis(200).toNanos();

	private final int port = RabbitHome.freePort();

	private final RabbitMQContainer container = new FixedPortContainer(this.port);

	ContainerRabbitBroker(List<String> plugins) {
		try {
			this.container.start();
			plugins.forEach((plugin) -> execute("rabbitmq-plugins", "enable", plugin));
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	static boolean isPossible() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@Override
	public String host() {
		return this.container.getHost();
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void start() {
		if (this.container.isRunning()) {
			control("start_app");
		}
		else {
			this.container.getDockerClient().startContainerCmd(this.container.getContainerId()).exec();
			awaitStartup();
		}
	}

	private void awaitStartup() {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			try {
				control("await_startup");
				return;
			}
			catch (RuntimeException ex) {
				if (System.nanoTime() > deadline) {
					throw ex;
				}
				LockSupport.parkNanos(PAUSE);
			}
		}
	}

	@Override
	public void stop() {
		control("stop_app");
	}

	@Override
	public void kill() {
		this.container.getDockerClient().killContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public String control(String... arguments) {
		String[] command = new String[arguments.length + 1];
		command[0] = "rabbitmqctl";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		return execute(command);
	}

	private String execute(String... command) {
		try {
			ExecResult result = this.container.execInContainer(command);
			if (result.getExitCode() != 0) {
				throw new IllegalStateException(
						"%s ended with %d: %s".formatted(command[0], result.getExitCode(), result.getStderr()));
			}
			return result.getStdout();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while %s ran".formatted(command[0]), ex);
		}
	}

	@Override
	public void close() {
		this.container.stop();
	}

	/**
	 * Docker gives a container that starts again another port, unless it is told which.
	 */
	private static final class FixedPortContainer extends RabbitMQContainer {

		FixedPortContainer(int port) {
			super(IMAGE);
			addFixedExposedPort(port, AMQP);
		}

	}

}
