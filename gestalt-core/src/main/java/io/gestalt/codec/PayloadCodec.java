package io.gestalt.codec;

import java.lang.reflect.Type;

import io.gestalt.message.Message;
import io.gestalt.message.MessageTypes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The codec chain of one endpoint: a value is serialized, then compressed; bytes are
 * decompressed within a limit, then deserialized. Empty payloads are neither compressed
 * nor deserialized.
 */
public final class PayloadCodec {

	private final Serializer serializer;

	private final @Nullable Compressor compressor;

	private final MessageTypes types;

	private final int maxDecodedSize;

	/**
	 * Creates a chain.
	 * @param serializer turns values into bytes
	 * @param compressor makes them smaller, {@code null} for none
	 * @param types names the type identifiers
	 * @param maxDecodedSize how many bytes a payload may have after decompression
	 */
	public PayloadCodec(Serializer serializer, @Nullable Compressor compressor, MessageTypes types,
			int maxDecodedSize) {
		this.serializer = serializer;
		this.compressor = compressor;
		this.types = types;
		this.maxDecodedSize = maxDecodedSize;
	}

	public Serializer serializer() {
		return this.serializer;
	}

	public @Nullable Compressor compressor() {
		return this.compressor;
	}

	public MessageTypes types() {
		return this.types;
	}

	/** How many bytes a payload may have after decompression. */
	public int maxDecodedSize() {
		return this.maxDecodedSize;
	}

	/** The message type identifier under which a value or {@link Message} travels. */
	public int typeOf(@Nullable Object value) {
		if (value instanceof Message<?> message) {
			return (message.type() != MessageTypes.NONE) ? message.type() : typeOf(message.payload());
		}
		return (value != null) ? this.types.idOf(value.getClass()) : MessageTypes.NONE;
	}

	/**
	 * Appends the encoded form of a value. If it fails the buffer may hold a part of it.
	 * @param value a value, a {@link Message}, or {@code null} for an empty payload
	 * @param typeId the message type identifier, see {@link #typeOf}
	 * @param out where to append
	 * @throws CodecException if the value cannot be encoded
	 */
	public void encode(@Nullable Object value, int typeId, ByteBuf out) {
		Object payload = (value instanceof Message<?> message) ? message.payload() : value;
		if (payload == null) {
			return;
		}
		if (this.compressor == null) {
			this.serializer.write(payload, typeId, out);
			return;
		}
		ByteBuf plain = ByteBufAllocator.DEFAULT.heapBuffer();
		try {
			this.serializer.write(payload, typeId, plain);
			if (plain.isReadable()) {
				this.compressor.compress(plain, out);
			}
		}
		finally {
			plain.release();
		}
	}

	/**
	 * Decodes a payload.
	 * @param in the payload, between reader and writer index
	 * @param typeId the message type identifier of the message, 0 for none
	 * @param target what the receiver wants
	 * @return the value, {@code null} for an empty payload whose format has no empty
	 * value
	 * @throws CodecException if the payload is corrupt or above the limit
	 */
	public @Nullable Object decode(ByteBuf in, int typeId, Type target) {
		if (!in.isReadable()) {
			return this.serializer.empty(typeId, target);
		}
		if (this.compressor == null) {
			checkSize(in.readableBytes());
			return this.serializer.read(in, typeId, target);
		}
		ByteBuf plain = ByteBufAllocator.DEFAULT.heapBuffer();
		try {
			this.compressor.decompress(in, plain, this.maxDecodedSize);
			return plain.isReadable() ? this.serializer.read(plain, typeId, target)
					: this.serializer.empty(typeId, target);
		}
		finally {
			plain.release();
		}
	}

	/**
	 * Decodes a payload that nobody else uses.
	 * @param bytes the payload
	 * @param typeId the message type identifier of the message, 0 for none
	 * @param target what the receiver wants
	 * @return the value, {@code null} for an empty payload whose format has no empty
	 * value
	 * @throws CodecException if the payload is corrupt or above the limit
	 */
	public @Nullable Object decode(byte[] bytes, int typeId, Type target) {
		if (this.compressor != null || bytes.length == 0) {
			return decode(Unpooled.wrappedBuffer(bytes), typeId, target);
		}
		checkSize(bytes.length);
		return this.serializer.read(bytes, typeId, target);
	}

	private void checkSize(int size) {
		if (size > this.maxDecodedSize) {
			throw new CodecException(this.serializer.name(),
					"Payload of %d bytes exceeds the limit of %d bytes".formatted(size, this.maxDecodedSize));
		}
	}

}
