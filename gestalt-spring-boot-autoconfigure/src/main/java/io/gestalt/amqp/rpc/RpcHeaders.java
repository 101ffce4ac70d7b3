package io.gestalt.amqp.rpc;

import java.util.List;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import io.gestalt.amqp.content.AmqpCodec;
import org.jspecify.annotations.Nullable;

/**
 * What requests and replies carry beside their content:
 *
 * <pre>
 * request   property correlation_id    which reply belongs to it
 *           property reply_to          queue of the requester
 *           property expiration        ms that it may wait in the queue of the service
 *           header   x-timeout         ms that the requester waits
 *           header   From              queue of the requester, by which a request that was
 *                                      rejected or has expired finds its way back
 * reply     property correlation_id    copied
 *           header   x-error-code      what failed, absent for success
 *           header   x-error-message   the same for people
 * </pre>
 */
final class RpcHeaders {

	static final String FROM = "From";

	static final String TIMEOUT = "x-timeout";

	static final String ERROR_CODE = "x-error-code";

	static final String ERROR_MESSAGE = "x-error-message";

	private static final String FIRST_DEATH_REASON = "x-first-death-reason";

	private static final String DEATHS = "x-death";

	private RpcHeaders() {
	}

	/** Why a broker gave a message back, {@code null} if it did not. */
	static @Nullable String deathReason(AMQP.BasicProperties properties) {
		Object reason = AmqpCodec.header(properties, FIRST_DEATH_REASON);
		if (reason == null && AmqpCodec.header(properties, DEATHS) instanceof List<?> deaths && !deaths.isEmpty()
				&& deaths.get(deaths.size() - 1) instanceof Map<?, ?> first) {
			reason = first.get("reason");
		}
		return (reason != null) ? reason.toString() : null;
	}

	/** How many milliseconds the requester waits, {@code null} if it did not say. */
	static @Nullable Long timeout(AMQP.BasicProperties properties) {
		return (AmqpCodec.header(properties, TIMEOUT) instanceof Number millis) ? (Long) millis.longValue() : null;
	}

}
