package io.gestalt.test.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every {@link Compressor} must do; a test class inherits it by implementing
 * {@link #compressor()}.
 */
public interface CompressorContract {

	/** The compressor under test. */
	Compressor compressor();

	/** Whether one bit that is wrong is always noticed, as it is by a checksum. */
	default boolean noticesEveryFlippedBit() {
		return false;
	}

	@Test
	default void restoresWhatItCompressed() {
		for (byte[] plain : samples()) {
			assertThat(decompress(compress(plain), plain.length)).isEqualTo(plain);
		}
	}

	@Test
	default void readsAndWritesDirectBuffers() {
		byte[] plain = text(3000);
		ByteBuf in = Unpooled.directBuffer().writeBytes(plain);
		ByteBuf out = Unpooled.directBuffer();
		compressor().compress(in, out);
		ByteBuf restored = Unpooled.directBuffer();
		compressor().decompress(out, restored, plain.length);
		assertThat(ByteBufUtil.getBytes(restored)).isEqualTo(plain);
		in.release();
		out.release();
		restored.release();
	}

	@Test
	default void keepsToTheBytesBetweenTheIndices() {
		byte[] plain = text(500);
		ByteBuf in = Unpooled.wrappedBuffer(bytes("before"), plain, bytes("after")).slice(6, plain.length);
		ByteBuf copy = Unpooled.buffer().writeBytes(bytes("xy")).writeBytes(in).writeBytes(bytes("z"));
		copy.readerIndex(2).writerIndex(2 + plain.length);
		ByteBuf out = Unpooled.buffer().writeBytes(bytes("kept"));
		compressor().compress(copy, out);
		ByteBuf restored = Unpooled.buffer().writeBytes(bytes("kept"));
		compressor().decompress(out.skipBytes(4), restored, plain.length);
		assertThat(restored.readCharSequence(4, StandardCharsets.US_ASCII)).hasToString("kept");
		assertThat(ByteBufUtil.getBytes(restored)).isEqualTo(plain);
	}

	@Test
	default void stopsAtTheLimit() {
		byte[] plain = text(5000);
		byte[] compressed = compress(plain);
		assertThat(decompress(compressed, plain.length)).hasSize(plain.length);
		for (int limit : new int[] { 1, 4096, plain.length - 1 }) {
			assertTooLarge(compressed, limit);
		}
	}

	@Test
	default void survivesABomb() {
		byte[] bomb = compress(new byte[64 << 20]);
		assertTooLarge(bomb, 1 << 20);
	}

	@Test
	default void refusesEveryTruncation() {
		byte[] compressed = compress(text(300));
		for (int length = 1; length < compressed.length; length++) {
			byte[] part = Arrays.copyOf(compressed, length);
			assertThatExceptionOfType(CodecException.class).as("the first %d of %d bytes", length, compressed.length)
				.isThrownBy(() -> decompress(part, 1 << 20));
		}
	}

	@Test
	default void refusesWhatFollowsTheEnd() {
		byte[] compressed = compress(text(300));
		for (int extra : new int[] { 1, 2, 3, 4, 5, 8, 13, 100, 20000 }) {
			byte[] longer = Arrays.copyOf(compressed, compressed.length + extra);
			Arrays.fill(longer, compressed.length, longer.length, (byte) 'g');
			assertThatExceptionOfType(CodecException.class).as("%d bytes of garbage", extra)
				.isThrownBy(() -> decompress(longer, 1 << 20));
		}
	}

	@Test
	default void answersFlippedBitsWithBytesOrACodecException() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		byte[] plain = text(400);
		byte[] compressed = compress(plain);
		for (int round = 0; round < 300; round++) {
			byte[] damaged = compressed.clone();
			int bit = random.nextInt(damaged.length * 8);
			damaged[bit / 8] ^= (byte) (1 << (bit % 8));
			try {
				byte[] restored = decompress(damaged, 1 << 20);
				assertThat(!noticesEveryFlippedBit() || Arrays.equals(restored, plain)).as("bit %d, seed %d", bit, seed)
					.isTrue();
			}
			catch (CodecException ex) {
				assertThat(ex.codec()).isEqualTo(compressor().name());
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("bit %d, seed %d".formatted(bit, seed), ex);
			}
		}
	}

	@Test
	default void answersNoiseWithBytesOrACodecException() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int round = 0; round < 300; round++) {
			byte[] noise = new byte[1 + random.nextInt(200)];
			random.nextBytes(noise);
			try {
				assertThat(decompress(noise, 1 << 16)).hasSizeLessThanOrEqualTo(1 << 16);
			}
			catch (CodecException ex) {
				assertThat(ex.codec()).isEqualTo(compressor().name());
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("round %d, seed %d".formatted(round, seed), ex);
			}
		}
	}

	@Test
	default void isSafeForManyThreads() {
		List<byte[]> samples = samples();
		IntStream.range(0, 200).parallel().forEach((index) -> {
			byte[] plain = samples.get(index % 3);
			assertThat(decompress(compress(plain), plain.length)).isEqualTo(plain);
		});
	}

	/** Compresses by way of the compressor under test. */
	default byte[] compress(byte[] plain) {
		ByteBuf out = Unpooled.buffer();
		compressor().compress(Unpooled.wrappedBuffer(plain), out);
		return ByteBufUtil.getBytes(out);
	}

	/**
	 * Decompresses by way of the compressor under test, within the limit or not at all.
	 */
	default byte[] decompress(byte[] compressed, int maxSize) {
		ByteBuf out = Unpooled.buffer();
		try {
			compressor().decompress(Unpooled.wrappedBuffer(compressed), out, maxSize);
		}
		finally {
			assertThat(out.readableBytes()).isLessThanOrEqualTo(maxSize);
		}
		return ByteBufUtil.getBytes(out);
	}

	private void assertTooLarge(byte[] compressed, int limit) {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decompress(compressed, limit))
			.withMessage("Decompressed payload exceeds the limit of %d bytes", limit)
			.satisfies((ex) -> assertThat(ex.codec()).isEqualTo(compressor().name()));
	}

	private static List<byte[]> samples() {
		byte[] noise = new byte[100_000];
		new Random(7).nextBytes(noise);
		return List.of(new byte[] { 0 }, bytes("hello"), text(5000), noise, new byte[300_000], text(1 << 20));
	}

	private static byte[] text(int length) {
		StringBuilder text = new StringBuilder();
		Random random = new Random(11);
		while (text.length() < length) {
			text.append("{\"id\": ").append(random.nextInt(1000)).append(", \"name\": \"Thé €\"}, ");
		}
		return Arrays.copyOf(text.toString().getBytes(StandardCharsets.UTF_8), length);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
