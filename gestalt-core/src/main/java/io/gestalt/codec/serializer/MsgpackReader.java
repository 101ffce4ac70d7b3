package io.gestalt.codec.serializer;

import java.io.IOException;
import java.math.BigInteger;

import io.gestalt.codec.CodecException;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.core.JsonGenerator;

/**
 * Reads MessagePack into the tokens of Jackson. A header that claims more than the bytes
 * behind it can hold is refused before anything is allocated for it.
 */
final class MsgpackReader {

	private static final int MAX_DEPTH = 500;

	private final String codec;

	private final MessageUnpacker unpacker;

	private final int length;

	private int depth;

	MsgpackReader(String codec, MessageUnpacker unpacker, int length) {
		this.codec = codec;
		this.unpacker = unpacker;
		this.length = length;
	}

	void read(JsonGenerator out) throws IOException {
		switch (this.unpacker.getNextFormat().getValueType()) {
			case NIL -> {
				this.unpacker.unpackNil();
				out.writeNull();
			}
			case BOOLEAN -> out.writeBoolean(this.unpacker.unpackBoolean());
			case INTEGER -> readInteger(out);
			case FLOAT -> readFloat(out);
			case STRING -> out.writeString(this.unpacker.unpackString());
			case BINARY -> out.writeBinary(readBinary());
			case ARRAY -> readArray(out);
			case MAP -> readMap(out);
			case EXTENSION -> throw CodecException.unreadable(this.codec,
					"extension type %d is unknown".formatted(this.unpacker.unpackExtensionTypeHeader().getType()));
		}
	}

	private void readInteger(JsonGenerator out) throws IOException {
		switch (this.unpacker.getNextFormat()) {
			case UINT64 -> {
				BigInteger value = this.unpacker.unpackBigInteger();
				if (value.bitLength() < Long.SIZE) {
					out.writeNumber(value.longValue());
				}
				else {
					out.writeNumber(value);
				}
			}
			case INT64, UINT32 -> out.writeNumber(this.unpacker.unpackLong());
			default -> out.writeNumber(this.unpacker.unpackInt());
		}
	}

	private void readFloat(JsonGenerator out) throws IOException {
		switch (this.unpacker.getNextFormat()) {
			case FLOAT32 -> out.writeNumber(this.unpacker.unpackFloat());
			default -> out.writeNumber(this.unpacker.unpackDouble());
		}
	}

	private byte[] readBinary() throws IOException {
		int size = this.unpacker.unpackBinaryHeader();
		checkRoom(size);
		return this.unpacker.readPayload(size);
	}

	private void readArray(JsonGenerator out) throws IOException {
		int size = this.unpacker.unpackArrayHeader();
		enter(size);
		out.writeStartArray();
		for (int index = 0; index < size; index++) {
			read(out);
		}
		out.writeEndArray();
		this.depth--;
	}

	private void readMap(JsonGenerator out) throws IOException {
		int size = this.unpacker.unpackMapHeader();
		enter(2L * size);
		out.writeStartObject();
		for (int index = 0; index < size; index++) {
			out.writeName(readKey());
			read(out);
		}
		out.writeEndObject();
		this.depth--;
	}

	/** Python has maps with keys of any kind; here the simple ones become text. */
	private String readKey() throws IOException {
		return switch (this.unpacker.getNextFormat().getValueType()) {
			case STRING -> this.unpacker.unpackString();
			case INTEGER -> this.unpacker.unpackBigInteger().toString();
			case BOOLEAN -> String.valueOf(this.unpacker.unpackBoolean());
			default -> throw CodecException.unreadable(this.codec,
					"a map has a key of type " + this.unpacker.getNextFormat().getValueType());
		};
	}

	private void enter(long values) {
		checkRoom(values);
		if (++this.depth > MAX_DEPTH) {
			throw CodecException.tooDeep(this.codec, MAX_DEPTH);
		}
	}

	/** Every value takes a byte at least. */
	private void checkRoom(long claimed) {
		long left = this.length - this.unpacker.getTotalReadBytes();
		if (claimed > left || claimed < 0) {
			throw CodecException.unreadable(this.codec,
					"a header claims %d, only %d bytes follow".formatted(claimed, left));
		}
	}

}
