package io.gestalt.boot.amqp;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Map;
import java.util.Set;

import io.gestalt.boot.amqp.SubscriberProperties.QueueType;
import io.gestalt.boot.properties.PropertyLayers;

/** Where reading of a stream begins. */
final class StreamOffset {

	private static final String ARGUMENT = "x-stream-offset";

	private static final Set<String> WORDS = Set.of("first", "last", "next");

	private StreamOffset() {
	}

	/** What a consumer says of it. */
	static Map<String, Object> arguments(PropertyLayers layers, SubscriberProperties properties) {
		String offset = properties.offset();
		if (offset == null) {
			return Map.of();
		}
		if (properties.queueType() != QueueType.STREAM) {
			throw layers.invalid("offset", (from) -> offset, "only a stream has offsets",
					"Set '%s.queue-type' to 'stream', or remove the offset.".formatted(layers.prefix()));
		}
		return Map.of(ARGUMENT, value(layers, offset.strip()));
	}

	private static Object value(PropertyLayers layers, String offset) {
		if (WORDS.contains(offset)) {
			return offset;
		}
		try {
			return Character.isDigit(offset.charAt(0)) && offset.chars().allMatch(Character::isDigit)
					? (Object) Long.parseLong(offset) : Date.from(Instant.parse(offset));
		}
		catch (DateTimeParseException | NumberFormatException | StringIndexOutOfBoundsException ex) {
			throw layers.invalid("offset", (from) -> offset, "it is neither a word nor a number nor a time",
					"Set it to first, last, next, a number, or a time such as '2026-01-31T12:00:00Z'.");
		}
	}

}
