package io.gestalt.codec.compressor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.gestalt.codec.CodecException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;

/** Runs the stream classes of a library between two buffers, within a limit. */
final class CompressionStreams {

	private static final int CHUNK = 8192;

	private CompressionStreams() {
	}

	static void compress(String codec, ByteBuf in, ByteBuf out, Encoder encoder) {
		try (OutputStream stream = encoder.open(new ByteBufOutputStream(out))) {
			in.readBytes(stream, in.readableBytes());
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.notCompressed(codec, ex);
		}
	}

	static void decompress(String codec, ByteBuf in, ByteBuf out, int maxSize, Decoder decoder) {
		try (InputStream stream = decoder.open(new ByteBufInputStream(in))) {
			copy(codec, stream, out, maxSize);
		}
		catch (IOException | RuntimeException ex) {
			throw CodecException.unreadable(codec, ex);
		}
		if (in.isReadable()) {
			throw CodecException.trailing(codec, in.readableBytes());
		}
	}

	private static void copy(String codec, InputStream stream, ByteBuf out, int maxSize) throws IOException {
		int left = maxSize;
		while (left > 0) {
			int count = out.writeBytes(stream, Math.min(CHUNK, left));
			if (count < 0) {
				return;
			}
			if (count == 0) {
				throw CodecException.unreadable(codec, "the decoder stands still");
			}
			left -= count;
		}
		if (stream.read() >= 0) {
			throw Failures.tooLarge(codec, maxSize);
		}
	}

	/** Opens a stream that compresses what is written to it. */
	@FunctionalInterface
	interface Encoder {

		OutputStream open(OutputStream out) throws IOException;

	}

	/** Opens a stream that decompresses what is read through it. */
	@FunctionalInterface
	interface Decoder {

		InputStream open(InputStream in) throws IOException;

	}

}
