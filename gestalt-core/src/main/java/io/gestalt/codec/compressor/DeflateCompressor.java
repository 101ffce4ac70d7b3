package io.gestalt.codec.compressor;

import java.util.Set;

import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;

/**
 * The bare deflate format (RFC 1951), without the wrapper of zlib that HTTP means by this
 * name.
 */
public final class DeflateCompressor implements Compressor {

	private static final String NAME = "deflate";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "application/deflate";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/x-deflate");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		Deflate.compress(true, in, out);
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		Deflate.decompress(NAME, true, in, out, maxSize);
	}

}
