package io.gestalt.codec.serializer;

import java.io.IOException;
import java.io.OutputStream;

import io.gestalt.codec.CodecException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the reader or the writer of a library on a buffer, and turns what it throws into a
 * {@link CodecException}; for serializers of your own as well.
 */
public final class SerializationStreams {

	private static final int MAX_KEPT = 64 * 1024;

	private static final Stripes<byte[]> ARRAYS = new Stripes<>();

	private SerializationStreams() {
	}

	/**
	 * Reads a value. The array of a heap buffer is lent as it lies, the bytes of a direct
	 * one by way of an array that is kept for the next payload.
	 * @param codec name of the serializer
	 * @param in the payload, between reader and writer index
	 * @param reader makes the value of all its bytes
	 * @return what the reader returned
	 * @throws CodecException if the reader fails
	 */
	public static @Nullable Object read(String codec, ByteBuf in, Reader reader) {
		int length = in.readableBytes();
		if (in.hasArray()) {
			return guarded(codec, in.array(), in.arrayOffset() + in.readerIndex(), length, reader);
		}
		byte[] kept = ARRAYS.take();
		byte[] bytes = (kept != null && kept.length >= length) ? kept : new byte[length];
		try {
			in.getBytes(in.readerIndex(), bytes, 0, length);
			return guarded(codec, bytes, 0, length, reader);
		}
		finally {
			if (bytes.length <= MAX_KEPT) {
				ARRAYS.giveBack(bytes);
			}
		}
	}

	/**
	 * Reads a value from an array.
	 * @throws CodecException if the reader fails
	 */
	public static @Nullable Object read(String codec, byte[] bytes, Reader reader) {
		return guarded(codec, bytes, 0, bytes.length, reader);
	}

	private static @Nullable Object guarded(String codec, byte[] bytes, int offset, int length, Reader reader) {
		try {
			return reader.read(bytes, offset, length);
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw CodecException.unreadable(codec, ex);
		}
	}

	/**
	 * Writes a value.
	 * @param codec name of the serializer
	 * @param value what is written, for the message if it fails
	 * @param out where to append
	 * @param writer writes the value to a stream
	 * @throws CodecException if the writer fails
	 */
	public static void write(String codec, Object value, ByteBuf out, Writer writer) {
		try (OutputStream stream = new ByteBufOutputStream(out)) {
			writer.write(stream);
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw CodecException.unwritable(codec, value, ex);
		}
	}

	/** Reads a value from a part of an array, which is lent until it returns. */
	@FunctionalInterface
	public interface Reader {

		@Nullable Object read(byte[] bytes, int offset, int length) throws IOException;

	}

	/** Writes a value to a stream. */
	@FunctionalInterface
	public interface Writer {

		void write(OutputStream out) throws IOException;

	}

}
