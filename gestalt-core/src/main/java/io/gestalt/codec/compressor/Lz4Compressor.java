package io.gestalt.codec.compressor;

import java.util.Set;

import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;

/**
 * The LZ4 frame format, in blocks of 64 KiB. A frame read may have blocks of 4 MiB at the
 * most, as its specification says.
 */
public final class Lz4Compressor implements Compressor {

	private static final String NAME = "lz4";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "application/x-lz4";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/lz4");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		CompressionStreams.compress(NAME, in, out, (target) -> new LZ4FrameOutputStream(target, BLOCKSIZE.SIZE_64KB,
				FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM));
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		CompressionStreams.decompress(NAME, in, out, maxSize, LZ4FrameInputStream::new);
	}

}
