package io.gestalt.test.fuzz;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Fuzzes every decoder: some seconds for all of them in a build, as long as
 * {@code -Dgestalt.fuzz.seconds} says for each of them alone otherwise.
 */
class CodecFuzzTests {

	private static final List<String> SERIALIZERS = List.of("json", "msgpack", "yaml", "avro", "protobuf", "text",
			"bytes");

	private static final List<String> COMPRESSORS = List.of("gzip", "zlib", "deflate", "bzip2", "lzma", "snappy",
			"brotli", "zstd", "lz4");

	private static final String[] LIBRARIES = { "tools.jackson.**", "org.snakeyaml.**", "org.msgpack.**",
			"org.apache.avro.**", "com.google.protobuf.**", "org.apache.commons.compress.**", "org.tukaani.**",
			"net.jpountz.**" };

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
