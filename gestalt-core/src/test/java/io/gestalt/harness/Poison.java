package io.gestalt.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.PayloadCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * A payload in a whole frame that no codec should make anything of, small enough for a
 * datagram.
 *
 * @param serializer name of the serializer that has to deal with it
 * @param compression name of the compressor, {@code none} for none
 * @param kind what is wrong with it
 * @param payload the bytes
 */
public record Poison(String serializer, String compression, String kind, ByteBuf payload) {

	/** How many bytes a payload may become. */
	public static final int LIMIT = 128 * 1024;

	private static final int LARGEST = 60_000;

	private static final Codecs CODECS = Codecs.builder().maxDecodedSize(LIMIT).build();

	/** All kinds for all codecs. */
	public static List<Poison> all() {
		List<Poison> all = new ArrayList<>();
		CODECS.compressorNames().forEach((name) -> compressed(name, all));
		text("json", "deep array", "[".repeat(LARGEST), all);
		text("json", "deep object", "{\"a\":".repeat(LARGEST / 5), all);
		text("json", "truncated", "{\"a\":[1,2", all);
		text("json", "trailing", "\"a\" b", all);
		text("json", "endless number", "1".repeat(LARGEST), all);
		text("yaml", "alias bomb", aliases(), all);
		text("yaml", "deep array", "[".repeat(LARGEST), all);
		text("yaml", "deep block", "- ".repeat(LARGEST / 2), all);
		text("yaml", "truncated", "{a: [1, 2", all);
		text("yaml", "trailing", "a\n--- b", all);
		hex("msgpack", "deep array", "91".repeat(LARGEST), all);
		hex("msgpack", "deep map", "81a161".repeat(LARGEST / 3), all);
		hex("msgpack", "huge array", "ddffffffff", all);
		hex("msgpack", "huge binary", "c67fffffff00", all);
		hex("msgpack", "truncated", "92a161", all);
		hex("msgpack", "trailing", "a161c0", all);
		hex("avro", "huge string", "feffffff0f61", all);
		hex("avro", "truncated", "0a6161", all);
		hex("avro", "trailing", "02616161", all);
		hex("text", "not UTF-8", "c328", all);
		return all;
	}

	private static void compressed(String name, List<Poison> all) {
		Compressor compressor = CODECS.compressor(name);
		add("text", name, "bomb", bomb(compressor), all);
		byte[] good = compressed(compressor, "x".repeat(100).getBytes(StandardCharsets.US_ASCII));
		add("text", name, "truncated", Arrays.copyOf(good, good.length - 3), all);
		byte[] longer = Arrays.copyOf(good, good.length + 3);
		Arrays.fill(longer, good.length, longer.length, (byte) 'x');
		add("text", name, "trailing", longer, all);
		add("text", name, "garbage", "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII), all);
	}

	/** The largest of equal letters that fits a datagram. */
	private static byte[] bomb(Compressor compressor) {
		for (int size = 1 << 25; size > LIMIT; size >>= 1) {
			byte[] plain = new byte[size];
			Arrays.fill(plain, (byte) 'x');
			byte[] compressed = compressed(compressor, plain);
			if (compressed.length <= LARGEST) {
				return compressed;
			}
		}
		throw new IllegalStateException("'%s' makes no bombs".formatted(compressor.name()));
	}

	private static byte[] compressed(Compressor compressor, byte[] plain) {
		ByteBuf out = Unpooled.buffer();
		compressor.compress(Unpooled.wrappedBuffer(plain), out);
		return ByteBufUtil.getBytes(out);
	}

	private static String aliases() {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
		for (int level = 1; level < 20; level++) {
			bomb.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(10)));
		}
		return bomb.toString();
	}

	private static void text(String serializer, String kind, String payload, List<Poison> all) {
		add(serializer, "none", kind, payload.getBytes(StandardCharsets.US_ASCII), all);
	}

	private static void hex(String serializer, String kind, String payload, List<Poison> all) {
		add(serializer, "none", kind, ByteBufUtil.decodeHexDump(payload), all);
	}

	private static void add(String serializer, String compression, String kind, byte[] payload, List<Poison> all) {
		all.add(new Poison(serializer, compression, kind, Unpooled.wrappedBuffer(payload)));
	}

	/** The chain that has to deal with it. */
	public PayloadCodec codec() {
		return CODECS.payloadCodec(this.serializer, this.compression);
	}

	/** What the receiver wants, as vague as the format allows. */
	public Class<?> target() {
		return this.serializer.equals("avro") ? String.class : Object.class;
	}

	/** The payload behind its length. */
	public byte[] frame() {
		return frame(this.payload);
	}

	/** A frame that is as it should be. */
	public byte[] frame(String value) {
		ByteBuf encoded = Unpooled.buffer();
		codec().encode(value, 0, encoded);
		return frame(encoded);
	}

	private static byte[] frame(ByteBuf payload) {
		ByteBuf out = Unpooled.buffer();
		out.writeInt(payload.readableBytes()).writeBytes(payload.duplicate());
		return ByteBufUtil.getBytes(out);
	}

	/** Keeps it for another process, which would not have the memory to make it. */
	public void save(Path directory, int number) {
		try {
			Files.write(
					directory.resolve("%03d %s %s %s".formatted(number, this.serializer, this.compression, this.kind)),
					ByteBufUtil.getBytes(this.payload));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads what was {@link #save saved}. */
	public static Poison load(Path file) {
		String[] words = file.getFileName().toString().split(" ", 4);
		try {
			return new Poison(words[1], words[2], words[3], Unpooled.wrappedBuffer(Files.readAllBytes(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return "%s %s %s of %d bytes".formatted(this.serializer, this.compression, this.kind,
				this.payload.readableBytes());
	}

}
