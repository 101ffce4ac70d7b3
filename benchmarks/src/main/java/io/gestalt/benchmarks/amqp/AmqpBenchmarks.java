package io.gestalt.benchmarks.amqp;

import java.io.IOException;
import java.util.Optional;

import io.gestalt.benchmarks.run.Page;
import io.gestalt.test.rabbit.RabbitBroker;

/**
 * Compares what the contenders make of one RabbitMQ and prints one table, see
 * {@code README.md}.
 */
public final class AmqpBenchmarks {

	private AmqpBenchmarks() {
	}

	/**
	 * Runs the comparison and writes the table to {@code amqp.md} in the directory of the
	 * build. Without a broker there is nothing to compare.
	 * @param args see {@code README.md}
	 * @throws IOException if the table cannot be written
	 */
	public static void main(String[] args) throws IOException {
		AmqpOptions options = AmqpOptions.parse(args);
		if (!options.broker().isEmpty()) {
			run(options, options.broker());
			return;
		}
		Optional<RabbitBroker> launched = RabbitBroker.launch();
		if (launched.isEmpty()) {
			System.err.println("Nothing was measured: there is neither Docker nor a rabbitmq-server on this machine."
					+ " Install one, or name a broker by --broker=amqp://user:password@host:5672.");
			return;
		}
		try (RabbitBroker broker = launched.get()) {
			run(options, address(broker));
		}
	}

	static String address(RabbitBroker broker) {
		return "amqp://%s:%s@%s:%d".formatted(broker.username(), broker.password(), broker.host(), broker.port());
	}

	private static void run(AmqpOptions options, String broker) throws IOException {
		try (Queues queues = Queues.open(broker)) {
			AmqpReport report = new AmqpComparison(options, queues).run();
			new Page(options.schedule().conditions("RabbitMQ " + queues.version()), report.markdown())
				.publish("amqp.md");
		}
	}

}
