package io.gestalt.codec.serializer;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Bytes as they are. A receiver that wants a {@link ByteBuf} borrows the network's own
 * buffer where it can, without a copy: it is valid until the handler returns.
 */
public final class BytesSerializer implements Serializer {

	private static final String NAME = "bytes";

	private static final MediaType CONTENT_TYPE = new MediaType("application", "data");

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
		if (value instanceof byte[] bytes) {
			out.writeBytes(bytes);
		}
		else if (value instanceof ByteBuffer buffer) {
			out.writeBytes(buffer.duplicate());
		}
		else if (value instanceof ByteBuf buffer) {
			out.writeBytes(buffer, buffer.readerIndex(), buffer.readableBytes());
		}
		else {
			throw CodecException.unwritable(NAME, value, "it is no byte[], ByteBuffer or ByteBuf");
		}
	}

	@Override
	public Object read(ByteBuf in, int typeId, Type target) {
		if (target == ByteBuf.class) {
			return in;
		}
		return read(ByteBufUtil.getBytes(in), typeId, target);
	}

	@Override
	public Object read(byte[] bytes, int typeId, Type target) {
		if (target == byte[].class || target == Object.class) {
			return bytes;
		}
		if (target == ByteBuf.class) {
			return Unpooled.wrappedBuffer(bytes);
		}
		if (target != ByteBuffer.class) {
			throw CodecException.unreadable(NAME, "it cannot become '%s', only byte[], ByteBuffer, ByteBuf or Object"
				.formatted(target.getTypeName()));
		}
		return ByteBuffer.wrap(bytes);
	}

	@Override
	public Object empty(int typeId, Type target) {
		if (target == ByteBuf.class) {
			return Unpooled.EMPTY_BUFFER;
		}
		return (target == ByteBuffer.class) ? ByteBuffer.allocate(0) : new byte[0];
	}

}
