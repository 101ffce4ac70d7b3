package io.gestalt.codec.compressor;

import java.util.Set;

import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * The bzip2 format. Several streams in a row make one payload, as for the program of that
 * name. Each call takes some megabytes of heap, so it suits large payloads only.
 */
public final class Bzip2Compressor implements Compressor {

	private static final String NAME = "bzip2";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "applications/x-bz2";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/x-bz2", "application/x-bzip2", "application/bzip2", "bz2", "x-bzip2");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		int blockSize = BZip2CompressorOutputStream.chooseBlockSize(in.readableBytes());
		CompressionStreams.compress(NAME, in, out, (target) -> new BZip2CompressorOutputStream(target, blockSize));
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		CompressionStreams.decompress(NAME, in, out, maxSize, (source) -> new BZip2CompressorInputStream(source, true));
	}

}
