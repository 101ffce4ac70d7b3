package io.gestalt.boot.test.amqp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.rabbitmq.client.AMQP;
import io.gestalt.amqp.receive.DeadLetters;
import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.Settlement;
import org.jspecify.annotations.Nullable;

/** A message that the broker has delivered, until the application settles it. */
final class Delivery {

	private static final String ERROR = "x-error-code";

	private final AMQP.BasicProperties properties;

	private final byte[] body;

	private final List<Reception> receptions = new ArrayList<>();

	private Settlement acknowledged = Settlement.ACKNOWLEDGED;

	private @Nullable Settlement settlement;

	Delivery(AMQP.BasicProperties properties, byte[] body) {
		this.properties = properties;
		this.body = body;
	}

	boolean isOf(byte[] bytes) {
		return this.body == bytes || (this.body.length == 0 && bytes.length == 0);
	}

	synchronized void add(Reception reception) {
		this.receptions.add(reception);
		if (this.settlement != null) {
			reception.settle(this.settlement);
		}
	}

	/** The application publishes something: maybe the reply, or the message itself. */
	synchronized void published(String routingKey, AMQP.BasicProperties published, byte[] bytes) {
		Map<String, Object> headers = (published.getHeaders() != null) ? published.getHeaders() : Map.of();
		String replyTo = this.properties.getReplyTo();
		if (isOf(bytes) && headers.containsKey(DeadLetters.REASON)) {
			this.acknowledged = Settlement.DEAD_LETTERED;
		}
		else if (replyTo != null && replyTo.equals(routingKey)
				&& Objects.equals(published.getCorrelationId(), this.properties.getCorrelationId())) {
			this.acknowledged = headers.containsKey(ERROR) ? Settlement.ERROR_REPLIED : Settlement.REPLIED;
		}
	}

	void acknowledge() {
		settle(this.acknowledged);
	}

	synchronized void settle(Settlement how) {
		this.settlement = how;
		this.receptions.forEach((reception) -> reception.settle(how));
	}

}
