package io.gestalt.codec.serializer;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.CodingErrorAction;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/**
 * MessagePack with its str8 and bin types; classes and records are mapped as JSON maps
 * them, byte arrays to bin. Extension types are refused.
 */
public final class MsgpackSerializer implements Serializer {

	private static final String NAME = "msgpack";

	private static final MediaType CONTENT_TYPE = new MediaType("application", "msgpack");

	private static final MessagePack.PackerConfig PACKER = new MessagePack.PackerConfig().withBufferSize(1024);

	private static final MessagePack.UnpackerConfig UNPACKER = new MessagePack.UnpackerConfig()
		.withActionOnMalformedString(CodingErrorAction.REPORT)
		.withActionOnUnmappableString(CodingErrorAction.REPORT);

	private final JsonMapper mapper;

	private final JacksonReaders readers;

	public MsgpackSerializer() {
		this(JsonMapper.builder().build());
	}

	/**
	 * Creates a serializer on a mapper of the user.
	 * @param mapper says how classes are mapped
	 */
	public MsgpackSerializer(JsonMapper mapper) {
		this.mapper = mapper;
		this.readers = new JacksonReaders(mapper, mapper.reader());
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
		SerializationStreams.write(NAME, value, out, (stream) -> write(this.mapper.valueToTree(value), stream));
	}

	private static void write(JsonNode tree, OutputStream stream) throws IOException {
		try (MessagePacker packer = PACKER.newPacker(stream)) {
			new MsgpackWriter(packer).write(tree);
		}
	}

	@Override
	public @Nullable Object read(ByteBuf in, int typeId, Type target) {
		return SerializationStreams.read(NAME, in, (bytes, offset,
				length) -> read(UNPACKER.newUnpacker(bytes, offset, length), length, this.readers.forType(target)));
	}

	private static @Nullable Object read(MessageUnpacker unpacker, int length, ObjectReader reader) throws IOException {
		try (unpacker; TokenBuffer tokens = TokenBuffer.forGeneration()) {
			new MsgpackReader(NAME, unpacker, length).read(tokens);
			if (unpacker.getTotalReadBytes() < length) {
				throw CodecException.trailing(NAME, length - unpacker.getTotalReadBytes());
			}
			return reader.readValue(tokens);
		}
	}

}
