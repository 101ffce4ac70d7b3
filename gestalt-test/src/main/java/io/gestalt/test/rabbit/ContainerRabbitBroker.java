package io.gestalt.test.rabbit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** RabbitMQ in a container, the port of which stays the same while it restarts. */
final class ContainerRabbitBroker implements RabbitBroker {

	private static final String IMAGE = "rabbitmq:4";

	private final RabbitMQContainer container = new RabbitMQContainer(IMAGE);

	ContainerRabbitBroker(List<String> plugins) {
		this.container.start();
		plugins.forEach((plugin) -> execute("rabbitmq-plugins", "enable", plugin));
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
		return this.container.getAmqpPort();
	}

	@Override
	public void start() {
		control("start_app");
	}

	@Override
	public void stop() {
		control("stop_app");
	}

	@Override
	public void kill() {
		this.container.getDockerClient().restartContainerCmd(this.container.getContainerId()).withTimeout(0).exec();
		control("stop_app");
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

}
