package io.gestalt.amqp;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;

/** Fails as a payload tells it to, though a serializer should do so in one way only. */
final class BrokenSerializer implements Serializer {

	static final String CONTENT_TYPE = "application/x-broken";

	/** Payloads on which it fails, each in another way. */
	static final List<String> FAILURES = List.of("exception", "stack", "memory", "class");

	@Override
	public String name() {
		return "broken";
	}

	@Override
	public MediaType contentType() {
		return MediaType.parse(CONTENT_TYPE);
	}

	@Override
	public void write(Object value, int typeId, ByteBuf out) {
		throw new IllegalStateException("It only reads");
	}

	@Override
	public Object read(ByteBuf in, int typeId, Type target) {
		switch (in.toString(StandardCharsets.UTF_8)) {
			case "exception" -> throw new IllegalStateException("no state to read in");
			case "class" -> throw new NoClassDefFoundError("com/example/Absent");
			case "stack" -> throw new StackOverflowError();
			default -> throw new OutOfMemoryError("Requested array size exceeds VM limit");
		}
	}

}
