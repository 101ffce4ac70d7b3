package io.gestalt.boot.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * How values become bytes.
 *
 * @param serializer name of the format: json, msgpack, yaml, avro, protobuf, text, bytes
 * or that of a Serializer bean (default json)
 * @param compression name of the encoding: none, gzip, zlib, deflate, bzip2, lzma,
 * snappy, brotli, zstd, lz4 or that of a Compressor bean (default none)
 * @param compressionThreshold smaller payloads are sent uncompressed, where the wire says
 * of each message whether it is compressed; refused on TCP and UDP endpoints, whose wires
 * don't (default 1KB)
 * @param maxDecodedSize how large a payload may be after decompression (default 16MB)
 */
public record CodecProperties(@Nullable String serializer, @Nullable String compression,
		@Nullable DataSize compressionThreshold, @Nullable DataSize maxDecodedSize) {

	static final CodecProperties BUILT_IN = new CodecProperties("json", "none", DataSize.ofKilobytes(1),
			DataSize.ofMegabytes(16));

}
