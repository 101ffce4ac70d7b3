package io.gestalt.codec.compressor;

import java.io.IOException;
import java.util.Set;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.MissingLibraryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/** The raw block of Snappy, not its framing format. */
public final class SnappyCompressor implements Compressor {

	private static final String NAME = "snappy";

	/**
	 * Creates the compressor.
	 * @throws MissingLibraryException if there is no native library for this platform
	 */
	public SnappyCompressor() {
		try {
			Snappy.getNativeLibraryVersion();
		}
		catch (SnappyError ex) {
			throw new MissingLibraryException(NAME, "org.xerial.snappy:snappy-java", ex);
		}
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "application/x-snappy";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/snappy", "applications/x-snappy");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		byte[] plain = ByteBufUtil.getBytes(in, in.readerIndex(), in.readableBytes(), false);
		try {
			out.writeBytes(Snappy.compress(plain));
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.notCompressed(NAME, ex);
		}
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		byte[] block = ByteBufUtil.getBytes(in, in.readerIndex(), in.readableBytes(), false);
		try {
			byte[] plain = new byte[plainSize(block, maxSize)];
			int size = Snappy.uncompress(block, 0, block.length, plain, 0);
			out.writeBytes(plain, 0, size);
		}
		catch (IOException | RuntimeException ex) {
			throw CodecException.unreadable(NAME, ex);
		}
	}

	private static int plainSize(byte[] block, int maxSize) throws IOException {
		int size = Snappy.uncompressedLength(block);
		if (size < 0 || size > maxSize) {
			throw Failures.tooLarge(NAME, maxSize);
		}
		return size;
	}

}
