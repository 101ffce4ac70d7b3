package io.gestalt.codec;

import java.util.Set;
import java.util.function.Supplier;

import io.gestalt.codec.avro.AvroSerializer;
import io.gestalt.codec.serializer.BytesSerializer;
import io.gestalt.codec.serializer.JsonSerializer;
import io.gestalt.codec.serializer.MsgpackSerializer;
import io.gestalt.codec.serializer.ProtobufSerializer;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.codec.serializer.YamlSerializer;
import io.gestalt.message.MessageTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The serializers that come with Gestalt. None of their classes is linked before somebody
 * asks for it, which is why the mapper passes through here as an {@code Object}. A
 * constructor reference would link its class at once, a lambda does not.
 */
final class BuiltInSerializers {

	private static final String JACKSON = "tools.jackson.core:jackson-databind";

	private static final String JSON_MAPPER = "tools.jackson.databind.json.JsonMapper";

	private BuiltInSerializers() {
	}

	static CodecRegistry<Serializer> registry(MessageTypes types, @Nullable Object jsonMapper) {
		CodecRegistry<Serializer> registry = new CodecRegistry<>("Serializer");
		addJackson(registry, jsonMapper);
		Library avro = new Library("avro", "org.apache.avro:avro", "org.apache.avro.Schema");
		registry.add("avro", Set.of("application/x-avro", "application/avro", "avro/binary"),
				avro.guard(() -> new AvroSerializer(types)));
		Library protobuf = new Library("protobuf", "com.google.protobuf:protobuf-java",
				"com.google.protobuf.MessageLite");
		registry.add("protobuf", Set.of("application/vnd.google.protobuf", "application/protobuf",
				"application/x-protobuf", "application/x-google-protobuf"),
				protobuf.guard(() -> new ProtobufSerializer(types)));
		registry.add("text", Set.of("text/plain"), () -> new TextSerializer());
		registry.add("bytes", Set.of("application/data", "application/octet-stream", "data"),
				() -> new BytesSerializer());
		return registry;
	}

	private static void addJackson(CodecRegistry<Serializer> registry, @Nullable Object jsonMapper) {
		registry.add("json", Set.of("application/json", "text/json"),
				new Library("json", JACKSON, JSON_MAPPER).guard(json(jsonMapper)));
		Library msgpack = new Library("msgpack", "org.msgpack:msgpack-core", "org.msgpack.core.MessagePack");
		registry.add("msgpack",
				Set.of("application/msgpack", "application/x-msgpack", "application/vnd.msgpack", "messagepack"),
				new Library("msgpack", JACKSON, JSON_MAPPER).guard(msgpack.guard(msgpack(jsonMapper))));
		Library yaml = new Library("yaml", "tools.jackson.dataformat:jackson-dataformat-yaml",
				"tools.jackson.dataformat.yaml.YAMLMapper");
		registry.add("yaml", Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "yml"),
				yaml.guard(() -> new YamlSerializer()));
	}

	private static Supplier<Serializer> json(@Nullable Object mapper) {
		return () -> (mapper != null) ? new JsonSerializer((JsonMapper) mapper) : new JsonSerializer();
	}

	private static Supplier<Serializer> msgpack(@Nullable Object mapper) {
		return () -> (mapper != null) ? new MsgpackSerializer((JsonMapper) mapper) : new MsgpackSerializer();
	}

}
