package io.gestalt.codec.serializer;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Lends the bytes of a payload to libraries that read arrays: those of a heap buffer as
 * they lie, those of a direct one by way of an array that each thread keeps.
 */
final class HeapBytes {

	private static final int MAX_KEPT = 64 * 1024;

	private static final ThreadLocal<byte @Nullable []> SCRATCH = new ThreadLocal<>();

	private HeapBytes() {
	}

	/** Hands over the readable bytes, which are valid only within the call. */
	static @Nullable Object read(ByteBuf in, Reader reader) throws IOException {
		int length = in.readableBytes();
		if (in.hasArray()) {
			return reader.read(in.array(), in.arrayOffset() + in.readerIndex(), length);
		}
		byte[] bytes = take(length);
		try {
			in.getBytes(in.readerIndex(), bytes, 0, length);
			return reader.read(bytes, 0, length);
		}
		finally {
			if (bytes.length <= MAX_KEPT) {
				SCRATCH.set(bytes);
			}
		}
	}

	/** Takes the array away from the thread, as a reader may itself read a payload. */
	private static byte[] take(int length) {
		byte[] kept = SCRATCH.get();
		if (kept == null || kept.length < length) {
			return new byte[length];
		}
		SCRATCH.set(null);
		return kept;
	}

	/** Reads a value from a part of an array. */
	@FunctionalInterface
	interface Reader {

		@Nullable Object read(byte[] bytes, int offset, int length) throws IOException;

	}

}
