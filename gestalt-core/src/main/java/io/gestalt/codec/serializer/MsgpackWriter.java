package io.gestalt.codec.serializer;

import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/** Writes a tree of Jackson as MessagePack, numbers as small as they fit. */
final class MsgpackWriter {

	private final MessagePacker packer;

	MsgpackWriter(MessagePacker packer) {
		this.packer = packer;
	}

	void write(JsonNode node) throws IOException {
		switch (node.getNodeType()) {
			case OBJECT -> writeMap(node);
			case ARRAY -> writeArray(node);
			case STRING -> this.packer.packString(node.stringValue());
			case NUMBER -> writeNumber(node);
			case BOOLEAN -> this.packer.packBoolean(node.booleanValue());
			case BINARY -> writeBinary(node.binaryValue());
			case NULL, MISSING -> this.packer.packNil();
			case POJO -> writeEmbedded(((POJONode) node).getPojo());
		}
	}

	private void writeMap(JsonNode node) throws IOException {
		this.packer.packMapHeader(node.size());
		for (Map.Entry<String, JsonNode> property : node.properties()) {
			this.packer.packString(property.getKey());
			write(property.getValue());
		}
	}

	private void writeArray(JsonNode node) throws IOException {
		this.packer.packArrayHeader(node.size());
		for (JsonNode element : node.values()) {
			write(element);
		}
	}

	private void writeNumber(JsonNode node) throws IOException {
		switch (node.numberType()) {
			case INT, LONG -> this.packer.packLong(node.longValue());
			case BIG_INTEGER -> this.packer.packBigInteger(node.bigIntegerValue());
			case FLOAT -> this.packer.packFloat(node.floatValue());
			case DOUBLE, BIG_DECIMAL -> this.packer.packDouble(node.asDouble());
		}
	}

	private void writeEmbedded(@Nullable Object value) throws IOException {
		if (!(value instanceof byte[] bytes)) {
			throw new IOException("MessagePack has no type for '%s'".formatted(value));
		}
		writeBinary(bytes);
	}

	private void writeBinary(byte[] bytes) throws IOException {
		this.packer.packBinaryHeader(bytes.length);
		this.packer.writePayload(bytes);
	}

}
