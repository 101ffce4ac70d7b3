package io.gestalt.codec.avro;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.gestalt.codec.serializer.SerializationStreams;
import io.gestalt.message.MessageTypes;
import io.netty.buffer.ByteBuf;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding (specification 1.12): a bare datum, neither a container file nor
 * the single-object encoding. The schema is the one registered for the message type
 * identifier, else the one of the class: generated, or derived from a record or a plain
 * class.
 */
public final class AvroSerializer implements Serializer {

	private static final String NAME = "avro";

	private static final MediaType CONTENT_TYPE = new MediaType("application", "x-avro");

	private final MessageTypes types;

	private final Map<Integer, Schema> schemas;

	private final Map<Binding, AvroModel> models = new ConcurrentHashMap<>();

	private final Map<Class<?>, Schema> derived = new ConcurrentHashMap<>();

	/**
	 * Creates a serializer that takes all schemas from classes.
	 * @param types names the class behind a message type identifier
	 */
	public AvroSerializer(MessageTypes types) {
		this(types, Map.of());
	}

	/**
	 * Creates a serializer with schemas that no class tells.
	 * @param types names the class behind a message type identifier
	 * @param schemas the schemas by message type identifier; they win over those of
	 * classes
	 */
	public AvroSerializer(MessageTypes types, Map<Integer, Schema> schemas) {
		this.types = types;
		this.schemas = Map.copyOf(schemas);
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
		SerializationStreams.write(NAME, value, out, (stream) -> {
			Schema schema = writerSchema(typeId, value);
			BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(stream, null);
			new AvroWriter(schema, model(schema, value.getClass())).write(value, encoder);
			encoder.flush();
		});
	}

	@Override
	public @Nullable Object read(ByteBuf in, int typeId, Type target) {
		return SerializationStreams.read(NAME, in, (bytes, offset, length) -> {
			Type type = narrowed(typeId, target);
			Schema schema = readerSchema(typeId, type);
			BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
			Object value = new AvroReader(schema, model(schema, type)).read(null, decoder);
			if (!decoder.isEnd()) {
				throw CodecException.trailing(NAME, decoder.inputStream().available());
			}
			return checked(value, target);
		});
	}

	private Schema writerSchema(int typeId, Object value) {
		Schema schema = this.schemas.get(typeId);
		if (schema != null) {
			return schema;
		}
		return (value instanceof GenericContainer known) ? known.getSchema() : derived(value.getClass());
	}

	private Type narrowed(int typeId, Type target) {
		Class<?> registered = this.types.find(typeId);
		return (registered != null && target instanceof Class<?> wanted && wanted.isAssignableFrom(registered))
				? registered : target;
	}

	private Schema readerSchema(int typeId, Type type) {
		Schema schema = this.schemas.get(typeId);
		if (schema != null) {
			return schema;
		}
		if (type instanceof Class<?> target && !target.isInterface() && target != Object.class) {
			return derived(target);
		}
		throw CodecException.unreadable(NAME, "neither the target '%s' nor message type %s tells a schema"
			.formatted(type.getTypeName(), Integer.toUnsignedString(typeId)));
	}

	private Schema derived(Class<?> type) {
		return this.derived.computeIfAbsent(type, AvroModel::schemaOf);
	}

	private AvroModel model(Schema schema, Type type) {
		return this.models.computeIfAbsent(new Binding(schema, type), (binding) -> new AvroModel(schema, type));
	}

	private static @Nullable Object checked(@Nullable Object value, Type target) {
		if (value != null && target instanceof Class<?> type && !type.isPrimitive() && !type.isInstance(value)) {
			throw CodecException.unreadable(NAME,
					"it is a '%s', not a '%s'".formatted(value.getClass().getTypeName(), target.getTypeName()));
		}
		return value;
	}

	private record Binding(Schema schema, Type type) {

	}

}
