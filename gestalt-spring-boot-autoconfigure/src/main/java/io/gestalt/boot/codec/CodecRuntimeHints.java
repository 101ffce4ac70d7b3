package io.gestalt.boot.codec;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Keeps what codecs look for by name in a native image. */
final class CodecRuntimeHints implements RuntimeHintsRegistrar {

	/** By these classes the core sees whether a library is there. */
	private static final String[] PROBES = { "tools.jackson.databind.json.JsonMapper", "org.msgpack.core.MessagePack",
			"tools.jackson.dataformat.yaml.YAMLMapper", "org.apache.avro.Schema", "com.google.protobuf.MessageLite",
			"org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream", "org.tukaani.xz.XZInputStream",
			"org.xerial.snappy.Snappy", "com.aayushatharva.brotli4j.Brotli4jLoader", "com.github.luben.zstd.Zstd",
			"net.jpountz.lz4.LZ4FrameInputStream" };

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		Stream.of(PROBES).forEach((probe) -> hints.reflection().registerTypeIfPresent(classLoader, probe));
		hints.resources().registerPattern("io/gestalt/boot/codec/library-versions.properties");
	}

}
