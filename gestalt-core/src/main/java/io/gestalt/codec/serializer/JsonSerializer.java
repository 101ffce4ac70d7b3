package io.gestalt.codec.serializer;

import java.lang.reflect.Type;

import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON (RFC 8259) in UTF-8. A byte order mark is skipped when read and never written;
 * {@code NaN} and {@code Infinity}, which Python writes, are read.
 */
public final class JsonSerializer implements Serializer {

	private static final String NAME = "json";

	private static final MediaType CONTENT_TYPE = new MediaType("application", "json");

	private final JacksonReaders readers;

	private final ObjectWriter writer;

	public JsonSerializer() {
		this(JsonMapper.builder().build());
	}

	/**
	 * Creates a serializer on a mapper of the user.
	 * @param mapper its modules, settings and limits hold, save that bytes behind the
	 * value are refused; buffers are kept apart from its own unless somebody chose those
	 */
	public JsonSerializer(JsonMapper mapper) {
		JsonMapper copy = JsonBuffers.under(mapper);
		this.readers = new JacksonReaders(copy, copy.reader().with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS));
		this.writer = copy.writer();
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public MediaType contentType() {
		return CONTENT_TYPE;
	}

	@Override
	public void write(Object value, int typeId, ByteBuf out) {
		SerializationStreams.write(NAME, value, out, (stream) -> this.writer.writeValue(stream, value));
	}

	@Override
	public @Nullable Object read(ByteBuf in, int typeId, Type target) {
		return SerializationStreams.read(NAME, in,
				(bytes, offset, length) -> this.readers.forType(target).readValue(bytes, offset, length));
	}

	@Override
	public @Nullable Object read(byte[] bytes, int typeId, Type target) {
		return SerializationStreams.read(NAME, bytes,
				(array, offset, length) -> this.readers.forType(target).readValue(array, offset, length));
	}

}
