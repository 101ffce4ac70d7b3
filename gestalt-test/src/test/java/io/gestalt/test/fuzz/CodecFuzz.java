package io.gestalt.test.fuzz;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.Serializer;
import io.gestalt.message.MessageTypes;
import io.gestalt.test.proto.Reading;
import io.gestalt.test.proto.survey.Survey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Feeds a decoder with what the fuzzer makes up. A decoder may answer with a value or a
 * {@link CodecException}; everything else is a finding. With several decoders the first
 * byte chooses one.
 */
public final class CodecFuzz {

	/** The system property that names the decoders, separated by commas. */
	static final String TARGETS = "gestalt.fuzz.targets";

	private static final int LIMIT = 1 << 20;

	private static final Codecs CODECS = Codecs.builder()
		.types(MessageTypes.builder().add(1, Survey.class).add(2, Document.class).build())
		.build();

	private static List<Consumer<byte[]>> decoders = List.of();

	private CodecFuzz() {
	}

	/** Called by the fuzzer before the first input. */
	public static void fuzzerInitialize() {
		decoders = Arrays.stream(System.getProperty(TARGETS).split(",", -1)).map(CodecFuzz::decoder).toList();
	}

	/** Called by the fuzzer for each input. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (decoders.size() == 1) {
			decoders.get(0).accept(input);
		}
		else if (input.length > 0) {
			byte[] payload = Arrays.copyOfRange(input, 1, input.length);
			decoders.get(Byte.toUnsignedInt(input[0]) % decoders.size()).accept(payload);
		}
	}

	/** Valid inputs of a decoder to start from. */
	static Map<String, byte[]> seeds(String name) {
		Map<String, byte[]> seeds = new LinkedHashMap<>();
		if (CODECS.compressorNames().contains(name)) {
			seeds.put("short", compressed(CODECS.compressor(name), new byte[] { 1 }));
			seeds.put("text", compressed(CODECS.compressor(name),
					"Hello, hello, hello!".repeat(9).getBytes(StandardCharsets.UTF_8)));
			return seeds;
		}
		Serializer serializer = CODECS.serializer(name);
		Object value = switch (name) {
			case "protobuf" -> Survey.newBuilder().setName("s").addPoints(Survey.Point.newBuilder().setX(1)).build();
			case "text" -> "Thé €";
			case "bytes" -> new byte[] { 1 };
			default ->
				new Document("Thé", 3, List.of(1.5, -2.0), Map.of("k", "v"), new Document("", 0, null, null, null));
		};
		ByteBuf out = Unpooled.buffer();
		serializer.write(value, 0, out);
		seeds.put("value", ByteBufUtil.getBytes(out));
		return seeds;
	}

	private static Consumer<byte[]> decoder(String name) {
		if (CODECS.compressorNames().contains(name)) {
			Compressor compressor = CODECS.compressor(name);
			return (input) -> decompress(compressor, input);
		}
		Serializer serializer = CODECS.serializer(name);
		Type[] targets = switch (name) {
			case "protobuf" -> new Type[] { Survey.class, Reading.class };
			case "avro" -> new Type[] { Document.class };
			case "text", "bytes" -> new Type[] { Object.class };
			default -> new Type[] { Object.class, Document.class };
		};
		return (input) -> read(serializer, input, targets);
	}

	private static void read(Serializer serializer, byte[] input, Type... targets) {
		if (input.length == 0) {
			return;
		}
		for (Type target : targets) {
			try {
				serializer.read(Unpooled.wrappedBuffer(input), 0, target);
			}
			catch (CodecException ex) {
				check(ex.codec().equals(serializer.name()), ex);
			}
		}
	}

	private static void decompress(Compressor compressor, byte[] input) {
		if (input.length == 0) {
			return;
		}
		ByteBuf out = Unpooled.buffer();
		try {
			compressor.decompress(Unpooled.wrappedBuffer(input), out, LIMIT);
		}
		catch (CodecException ex) {
			check(ex.codec().equals(compressor.name()), ex);
		}
		check(out.readableBytes() <= LIMIT, null);
	}

	private static void check(boolean condition, Throwable cause) {
		if (!condition) {
			throw new IllegalStateException("An answer that no caller expects", cause);
		}
	}

	private static byte[] compressed(Compressor compressor, byte[] plain) {
		ByteBuf out = Unpooled.buffer();
		compressor.compress(Unpooled.wrappedBuffer(plain), out);
		return ByteBufUtil.getBytes(out);
	}

	record Document(String title, int count, List<Double> numbers, Map<String, String> tags, Document inner) {

	}

}
