package io.gestalt.codec.compressor;

import java.util.Set;

import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;

/** The zlib format (RFC 1950). */
public final class ZlibCompressor implements Compressor {

	private static final String NAME = "zlib";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "application/zlib";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/x-zlib");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		Deflate.compress(false, in, out);
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		Deflate.decompress(NAME, false, in, out, maxSize);
	}

}
