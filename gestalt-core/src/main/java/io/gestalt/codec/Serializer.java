package io.gestalt.codec;

import java.lang.reflect.Type;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back, in one format. Implementations are safe for use by
 * many threads. A bean of this type is found by its {@link #name()} and by its
 * {@link #contentType()}.
 */
public interface Serializer {

	/** The word by which the configuration names this format, such as {@code json}. */
	String name();

	/** The content type that goes on the wire. */
	MediaType contentType();

	/**
	 * Appends a value to a buffer. What was appended before a failure is cut off by the
	 * caller.
	 * @param value what to write
	 * @param typeId the message type identifier of the value, 0 for none
	 * @param out where to append
	 * @throws CodecException if the value cannot be written in this format
	 */
	void write(Object value, int typeId, ByteBuf out);

	/**
	 * Reads one value, which must be all that the buffer holds.
	 * @param in the bytes between reader and writer index, at least one; the caller does
	 * not look at the indices afterwards
	 * @param typeId the message type identifier of the message, 0 for none
	 * @param target what the receiver wants; {@code Object.class} for whatever is natural
	 * @return the value, {@code null} where the format says so, as JSON can
	 * @throws CodecException if the bytes are not one value of this format and type
	 */
	@Nullable Object read(ByteBuf in, int typeId, Type target);

	/**
	 * Reads one value from bytes that nobody else uses, so that they may become part of
	 * it.
	 * @param bytes all of the value, at least one byte
	 * @param typeId the message type identifier of the message, 0 for none
	 * @param target what the receiver wants
	 * @return the value
	 * @throws CodecException if the bytes are not one value of this format and type
	 */
	default @Nullable Object read(byte[] bytes, int typeId, Type target) {
		return read(Unpooled.wrappedBuffer(bytes), typeId, target);
	}

	/**
	 * What an empty payload means in this format.
	 * @param typeId the message type identifier of the message, 0 for none
	 * @param target what the receiver wants
	 * @return the value, {@code null} if this format has none for it
	 */
	default @Nullable Object empty(int typeId, Type target) {
		return null;
	}

}
