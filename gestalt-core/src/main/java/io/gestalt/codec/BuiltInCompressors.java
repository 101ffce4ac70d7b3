package io.gestalt.codec;

import java.util.Set;

import io.gestalt.codec.compressor.BrotliCompressor;
import io.gestalt.codec.compressor.Bzip2Compressor;
import io.gestalt.codec.compressor.DeflateCompressor;
import io.gestalt.codec.compressor.GzipCompressor;
import io.gestalt.codec.compressor.Lz4Compressor;
import io.gestalt.codec.compressor.LzmaCompressor;
import io.gestalt.codec.compressor.SnappyCompressor;
import io.gestalt.codec.compressor.ZlibCompressor;
import io.gestalt.codec.compressor.ZstdCompressor;

/**
 * The compressors that come with Gestalt. None of their classes is linked before somebody
 * asks for it, for which a lambda is needed, as a constructor reference links at once; so
 * their names stand here once more, held to the classes by a test.
 */
final class BuiltInCompressors {

	private BuiltInCompressors() {
	}

	static CodecRegistry<Compressor> registry() {
		CodecRegistry<Compressor> registry = new CodecRegistry<>("Compression");
		registry.add("gzip", Set.of("applications/x-gzip", "application/gzip", "application/x-gzip", "x-gzip", "gz"),
				() -> new GzipCompressor());
		registry.add("zlib", Set.of("application/zlib", "application/x-zlib"), () -> new ZlibCompressor());
		registry.add("deflate", Set.of("application/deflate", "application/x-deflate"), () -> new DeflateCompressor());
		addLibraries(registry);
		return registry;
	}

	private static void addLibraries(CodecRegistry<Compressor> registry) {
		registry.add("bzip2",
				Set.of("applications/x-bz2", "application/x-bz2", "application/x-bzip2", "application/bzip2", "bz2",
						"x-bzip2"),
				new Library("bzip2", "org.apache.commons:commons-compress",
						"org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream")
					.guard(() -> new Bzip2Compressor()));
		registry.add("lzma",
				Set.of("applications/x-lzma", "application/x-lzma", "application/x-xz", "application/xz",
						"application/lzma", "xz"),
				new Library("lzma", "org.tukaani:xz", "org.tukaani.xz.XZInputStream")
					.guard(() -> new LzmaCompressor()));
		registry.add("snappy", Set.of("application/x-snappy", "application/snappy", "applications/x-snappy"),
				new Library("snappy", "org.xerial.snappy:snappy-java", "org.xerial.snappy.Snappy")
					.guard(() -> new SnappyCompressor()));
		registry.add("brotli", Set.of("applications/x-brotli", "application/x-brotli", "application/brotli", "br"),
				new Library("brotli", "com.aayushatharva.brotli4j:brotli4j",
						"com.aayushatharva.brotli4j.Brotli4jLoader")
					.guard(() -> new BrotliCompressor()));
		registry.add("zstd", Set.of("application/zstd", "application/x-zstd", "zstandard"),
				new Library("zstd", "com.github.luben:zstd-jni", "com.github.luben.zstd.Zstd")
					.guard(() -> new ZstdCompressor()));
		registry.add("lz4", Set.of("application/x-lz4", "application/lz4"),
				new Library("lz4", "at.yawk.lz4:lz4-java", "net.jpountz.lz4.LZ4FrameInputStream")
					.guard(() -> new Lz4Compressor()));
	}

}
