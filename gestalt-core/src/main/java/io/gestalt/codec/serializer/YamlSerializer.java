package io.gestalt.codec.serializer;

import java.lang.reflect.Type;

import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * YAML 1.2: one document, in block style, its keys sorted. Tags create no objects, and
 * aliases are refused, as they could make a small payload large.
 */
public final class YamlSerializer implements Serializer {

	private static final String NAME = "yaml";

	private static final MediaType CONTENT_TYPE = new MediaType("application", "yaml");

	private final YAMLMapper mapper = YAMLMapper.builder(factory())
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	private final JacksonReaders readers = new JacksonReaders(this.mapper, this.mapper.reader());

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
		SerializationStreams.write(NAME, value, out, (stream) -> this.mapper.writeValue(stream, value));
	}

	@Override
	public @Nullable Object read(ByteBuf in, int typeId, Type target) {
		return SerializationStreams.read(NAME, in,
				(bytes, offset, length) -> read(bytes, offset, length, this.readers.forType(target)));
	}

	private static @Nullable Object read(byte[] bytes, int offset, int length, ObjectReader reader) {
		try (JsonParser parser = new AliasRefusingParser(reader.createParser(bytes, offset, length))) {
			return reader.readValue(parser);
		}
	}

	private static YAMLFactory factory() {
		// The size of a payload is limited before it comes here
		LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
		return YAMLFactory.builder().loadSettings(settings).disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();
	}

}
