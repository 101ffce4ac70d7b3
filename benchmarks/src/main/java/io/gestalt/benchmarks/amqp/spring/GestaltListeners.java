package io.gestalt.benchmarks.amqp.spring;

import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.workload.Order;
import io.gestalt.boot.annotation.GestaltListener;
import org.jspecify.annotations.Nullable;

/** Listeners of Gestalt. */
final class GestaltListeners {

	private GestaltListeners() {
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

		@GestaltListener(GestaltContender.ENDPOINT)
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

		@GestaltListener(GestaltContender.ENDPOINT)
		@Nullable Order handle(Order order) {
			return this.echo.of(order);
		}

	}

}
