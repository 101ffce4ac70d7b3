package io.gestalt.benchmarks.server;

import io.gestalt.benchmarks.workload.Order;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Orders read and written by a handler that takes and returns bytes. */
final class JsonByHand {

	private static final ObjectReader READER = JsonMapper.shared().readerFor(Order.class);

	private static final ObjectWriter WRITER = JsonMapper.shared().writerFor(Order.class);

	private JsonByHand() {
	}

	static byte @Nullable [] answer(byte[] payload, Echo echo) {
		Order order = echo.of((Order) READER.readValue(payload));
		return (order != null) ? WRITER.writeValueAsBytes(order) : null;
	}

}
