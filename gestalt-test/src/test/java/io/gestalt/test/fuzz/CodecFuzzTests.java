package io.gestalt.test.fuzz;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Fuzzes every decoder: some seconds for all of them in a build, as long as
 * {@code -Dgestalt.fuzz.seconds} says for each of them alone otherwise.
 */
@Tag("slow")
class CodecFuzzTests {

	private static final List<String> SERIALIZERS = List.of("json", "msgpack", "yaml", "avro", "protobuf", "text",
			"bytes");

	private static final List<String> COMPRESSORS = List.of("gzip", "zlib", "deflate", "bzip2", "lzma", "snappy",
			"brotli", "zstd", "lz4");

	/**
	 * Just the decoders, as what surrounds them would take all the time of a short run.
	 */
	private static final String[] LIBRARIES = { "tools.jackson.core.json.**", "tools.jackson.dataformat.yaml.**",
			"org.snakeyaml.engine.v2.scanner.**", "org.snakeyaml.engine.v2.parser.**", "org.msgpack.core.**",
			"org.apache.avro.io.**", "com.google.protobuf.CodedInputStream*",
			"org.apache.commons.compress.compressors.bzip2.**", "org.tukaani.xz.**", "net.jpountz.lz4.**" };

	@TestFactory
	List<DynamicTest> decodersAnswerWithAValueOrACodecException() {
		if (FuzzRun.SECONDS == 0) {
			return List.of(test("serializers", SERIALIZERS, 6), test("compressors", COMPRESSORS, 6));
		}
		return Stream.of(SERIALIZERS, COMPRESSORS)
			.flatMap(List::stream)
			.map((name) -> test(name, List.of(name), FuzzRun.SECONDS))
			.toList();
	}

	private static DynamicTest test(String run, List<String> decoders, int seconds) {
		return DynamicTest.dynamicTest(run, () -> {
			FuzzRun fuzz = FuzzRun.of(run, CodecFuzz.class)
				.property(CodecFuzz.TARGETS, String.join(",", decoders))
				.instrumenting(LIBRARIES)
				.seconds(seconds);
			for (int index = 0; index < decoders.size(); index++) {
				byte selector = (byte) index;
				String name = decoders.get(index);
				CodecFuzz.seeds(name)
					.forEach((key, seed) -> fuzz.seed(name + "-" + key,
							(decoders.size() > 1) ? prefixed(selector, seed) : seed));
			}
			fuzz.run();
		});
	}

	private static byte[] prefixed(byte selector, byte[] seed) {
		byte[] input = new byte[seed.length + 1];
		input[0] = selector;
		System.arraycopy(seed, 0, input, 1, seed.length);
		return input;
	}

}
