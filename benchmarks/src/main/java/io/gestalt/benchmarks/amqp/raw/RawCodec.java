package io.gestalt.benchmarks.amqp.raw;

import com.rabbitmq.client.AMQP;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.workload.Order;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Payloads by hand: bytes as they are, orders by Jackson. */
final class RawCodec {

	private static final ObjectReader READER = JsonMapper.shared().readerFor(Order.class);

	private static final ObjectWriter WRITER = JsonMapper.shared().writerFor(Order.class);

	private static final int TRANSIENT = 1;

	private static final int PERSISTENT = 2;

	private final boolean json;

	private final AMQP.BasicProperties properties;

	RawCodec(AmqpWorkload workload) {
		this.json = workload.json();
		this.properties = new AMQP.BasicProperties.Builder().contentType(workload.contentType())
			.deliveryMode(workload.confirms() ? PERSISTENT : TRANSIENT)
			.build();
	}

	/** Properties of every message. */
	AMQP.BasicProperties properties() {
		return this.properties;
	}

	byte[] encode(Object payload) {
		return this.json ? WRITER.writeValueAsBytes(payload) : (byte[]) payload;
	}

	Object decode(byte[] body) {
		return this.json ? (Order) READER.readValue(body) : body;
	}

}
