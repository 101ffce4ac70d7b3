package io.gestalt.amqp.content;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.LongString;
import org.jspecify.annotations.Nullable;

/** Header values as AMQP field tables know them (RabbitMQ's amended 4.2.5.5). */
final class HeaderValues {

	private HeaderValues() {
	}

	/** The value itself if there is a field type for it, else the nearest there is. */
	static @Nullable Object of(@Nullable Object value) {
		if (value == null || value instanceof String || isNumber(value) || value instanceof Boolean
				|| value instanceof Date || value instanceof byte[] || value instanceof LongString) {
			return value;
		}
		if (value instanceof Instant instant) {
			return Date.from(instant);
		}
		if (value instanceof Collection<?> values) {
			List<@Nullable Object> list = new java.util.ArrayList<>();
			values.forEach((item) -> list.add(of(item)));
			return list;
		}
		if (value instanceof Map<?, ?> values) {
			Map<String, @Nullable Object> map = new HashMap<>();
			values.forEach((key, item) -> map.put(String.valueOf(key), of(item)));
			return map;
		}
		return value.toString();
	}

	private static boolean isNumber(Object value) {
		return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
				|| value instanceof Double || value instanceof Float || value instanceof BigDecimal;
	}

}
