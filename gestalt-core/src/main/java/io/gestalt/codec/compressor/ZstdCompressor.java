package io.gestalt.codec.compressor;

import java.util.Set;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;

/**
 * The Zstandard format (RFC 8878). Windows above 8 MiB, or above the limit of the payload
 * if that is more, are refused before their memory is taken.
 */
public final class ZstdCompressor implements Compressor {

	private static final String NAME = "zstd";

	/** The smallest limit of the window, as a power of two in bytes. */
	private static final int MIN_WINDOW_LOG = 23;

	/** What the library allows at the most by default. */
	private static final int MAX_WINDOW_LOG = 27;

	/** Creates the compressor, and loads the native library for this platform. */
	public ZstdCompressor() {
		Native.load();
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "application/zstd";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/x-zstd", "zstandard");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		CompressionStreams.compress(NAME, in, out,
				(target) -> new ZstdOutputStreamNoFinalizer(target, RecyclingBufferPool.INSTANCE));
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		int windowLog = Math.max(MIN_WINDOW_LOG,
				Math.min(MAX_WINDOW_LOG, 32 - Integer.numberOfLeadingZeros(maxSize - 1)));
		CompressionStreams.decompress(NAME, in, out, maxSize,
				(source) -> new ZstdInputStreamNoFinalizer(source, RecyclingBufferPool.INSTANCE).setLongMax(windowLog));
	}

}
