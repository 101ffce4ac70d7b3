package io.gestalt.test.rabbit;

import java.util.List;
import java.util.Optional;

/** A RabbitMQ that a test may stop, kill and start again; its data survive. */
public interface RabbitBroker extends AutoCloseable {

	/**
	 * Starts a broker of its own: a container where Docker answers, else the
	 * {@code rabbitmq-server} of this machine.
	 * @param plugins to enable, such as {@code rabbitmq_consistent_hash_exchange}
	 * @return the broker, or nothing if there is neither
	 */
	static Optional<RabbitBroker> launch(String... plugins) {
		return RabbitBrokers.launch(List.of(plugins));
	}

	/**
	 * The one broker that tests of this JVM share, which none may stop; started when it
	 * is first asked for.
	 * @return the broker, or nothing if none can be started
	 */
	static Optional<RabbitBroker> shared() {
		return RabbitBrokers.shared();
	}

	/**
	 * Starts the {@code rabbitmq-server} of this machine, which takes TLS connections and
	 * no others.
	 * @param certificate what it shows
	 * @return the broker, or nothing if this machine has none
	 */
	static Optional<RabbitBroker> launch(RabbitCertificate certificate) {
		return RabbitBrokers.launch(certificate);
	}

	String host();

	int port();

	default String username() {
		return "guest";
	}

	default String password() {
		return "guest";
	}

	/** What {@code spring.rabbitmq} needs to know. */
	default String[] properties() {
		return new String[] { "spring.rabbitmq.host=" + host(), "spring.rabbitmq.port=" + port(),
				"spring.rabbitmq.username=" + username(), "spring.rabbitmq.password=" + password() };
	}

	/** Starts it again and waits until it takes connections. */
	void start();

	/** Stops it in an orderly way. */
	void stop();

	/** Ends it at once, as SIGKILL does. */
	void kill();

	/**
	 * Runs {@code rabbitmqctl}.
	 * @param arguments such as {@code list_queues}
	 * @return what it printed
	 * @throws IllegalStateException if it failed
	 */
	String control(String... arguments);

	/** Lets publishers wait as if memory had run out, or go on. */
	default void alarm(boolean raised) {
		String command = "set_vm_memory_high_watermark";
		control(raised ? new String[] { command, "absolute", "1" } : new String[] { command, "0.4" });
	}

	@Override
	void close();

}
