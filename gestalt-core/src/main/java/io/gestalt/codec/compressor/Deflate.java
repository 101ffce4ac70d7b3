package io.gestalt.codec.compressor;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.gestalt.codec.CodecException;
import io.netty.buffer.ByteBuf;

/**
 * The deflate algorithm (RFC 1951) between two buffers, bare or in its zlib wrapper. The
 * native memory of the JDK's classes is released within each call.
 */
final class Deflate {

	private static final int CHUNK = 8192;

	private Deflate() {
	}

	static void compress(boolean bare, ByteBuf in, ByteBuf out) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
		try {
			deflater.setInput(in.nioBuffer());
			deflater.finish();
			byte[] chunk = new byte[chunkSize(in.readableBytes())];
			while (!deflater.finished()) {
				out.writeBytes(chunk, 0, deflater.deflate(chunk));
			}
			in.skipBytes(in.readableBytes());
		}
		finally {
			deflater.end();
		}
	}

	/** Decompresses one stream, which must be all that there is. */
	static void decompress(String codec, boolean bare, ByteBuf in, ByteBuf out, int maxSize) {
		decompress(codec, bare, in, out, maxSize, maxSize);
		if (in.isReadable()) {
			throw CodecException.trailing(codec, in.readableBytes());
		}
	}

	/**
	 * Decompresses one stream of several and moves the reader index behind it.
	 * @param room how many bytes are left of the limit
	 */
	static void decompress(String codec, boolean bare, ByteBuf in, ByteBuf out, int room, int maxSize) {
		Inflater inflater = new Inflater(bare);
		try {
			inflater.setInput(in.nioBuffer());
			if (!inflate(codec, inflater, out, room)) {
				throw Failures.tooLarge(codec, maxSize);
			}
			in.skipBytes((int) inflater.getBytesRead());
		}
		catch (DataFormatException ex) {
			throw CodecException.unreadable(codec, ex);
		}
		finally {
			inflater.end();
		}
	}

	private static boolean inflate(String codec, Inflater inflater, ByteBuf out, int room) throws DataFormatException {
		byte[] chunk = new byte[chunkSize(room)];
		int left = room;
		while (!inflater.finished()) {
			int count = inflater.inflate(chunk, 0, (left > 0) ? Math.min(left, chunk.length) : 1);
			if (count > left) {
				return false;
			}
			if (count == 0 && inflater.needsDictionary()) {
				throw CodecException.unreadable(codec, "it needs a dictionary that nobody has");
			}
			if (count == 0 && inflater.needsInput()) {
				throw Failures.truncated(codec);
			}
			out.writeBytes(chunk, 0, count);
			left -= count;
		}
		return true;
	}

	private static int chunkSize(int expected) {
		return Math.max(64, Math.min(CHUNK, expected));
	}

}
