package io.gestalt.benchmarks.amqp.spring;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.workload.Order;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.annotation.RabbitListener;

/** Listeners of plain Spring. */
final class SpringListeners {

	static final String ID = "benchmark";

	private static final String QUEUE = "${benchmark.queue}";

	private static final String AUTO_STARTUP = "${benchmark.auto-startup:true}";

	private SpringListeners() {
	}

	static Object of(AmqpWorkload workload, Echo echo) {
		return workload.json() ? new Orders(echo) : new Bytes(echo);
	}

	/**
	 * Takes bytes.
	 *
	 * @param echo what becomes of them
	 */
	record Bytes(Echo echo) {

		@RabbitListener(id = ID, queues = QUEUE, autoStartup = AUTO_STARTUP)
		byte @Nullable [] handle(byte[] payload) {
			return this.echo.of(payload);
		}

	}

	/**
	 * Takes orders.
	 *
	 * @param echo what becomes of them
	 */
	record Orders(Echo echo) {

		@RabbitListener(id = ID, queues = QUEUE, autoStartup = AUTO_STARTUP)
		@Nullable Order handle(Order order) {
			return this.echo.of(order);
		}

	}

}
