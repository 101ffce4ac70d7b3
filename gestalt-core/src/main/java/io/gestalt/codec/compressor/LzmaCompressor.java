package io.gestalt.codec.compressor;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * LZMA: writes the .xz format, reads that and the older .lzma format. Several .xz streams
 * in a row make one payload, as for the program of that name. Each call takes the memory
 * of a dictionary, so it suits large payloads only.
 */
public final class LzmaCompressor implements Compressor {

	private static final String NAME = "lzma";

	private static final int XZ_MAGIC = 0xfd;

	private static final int LEGACY_HEADER = 13;

	/** What the decoders need besides the dictionary, in KiB. */
	private static final int OVERHEAD = 1024;

	/** The dictionary of the preset that everybody uses, in KiB. */
	private static final int USUAL_DICTIONARY = 8 * 1024;

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "applications/x-lzma";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/x-lzma", "application/x-xz", "application/xz", "application/lzma", "xz");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		int size = in.readableBytes();
		CompressionStreams.compress(NAME, in, out, (target) -> {
			LZMA2Options options = new LZMA2Options();
			options.setDictSize(Math.max(LZMA2Options.DICT_SIZE_MIN, Math.min(size, options.getDictSize())));
			return new XZOutputStream(target, options);
		});
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		boolean xz = in.getUnsignedByte(in.readerIndex()) == XZ_MAGIC;
		CompressionStreams.decompress(NAME, in, out, maxSize,
				(source) -> xz ? new XZInputStream(source, memoryLimit(maxSize)) : legacy(in, source, maxSize));
	}

	private static int memoryLimit(int maxSize) {
		return Math.max(USUAL_DICTIONARY, maxSize / 1024) + OVERHEAD;
	}

	/**
	 * Opens the older format. No output looks back further than its own size, so the
	 * dictionary is cut down to the limit whatever the header claims.
	 *
	 * <pre>
	 * 0            1            5                   13
	 * +------------+------------+-------------------+------
	 * | properties | dictionary | uncompressed size | data    all little-endian,
	 * +------------+------------+-------------------+------   size -1 = unknown
	 * </pre>
	 */
	private static InputStream legacy(ByteBuf in, InputStream source, int maxSize) throws IOException {
		if (in.readableBytes() < LEGACY_HEADER) {
			throw Failures.truncated(NAME);
		}
		byte properties = in.readByte();
		long dictionary = in.readUnsignedIntLE();
		long size = in.readLongLE();
		if (size > maxSize) {
			throw Failures.tooLarge(NAME, maxSize);
		}
		if (size < -1) {
			throw CodecException.unreadable(NAME, "its size is " + size);
		}
		return new LZMAInputStream(source, size, properties, (int) Math.min(dictionary, maxSize));
	}

}
