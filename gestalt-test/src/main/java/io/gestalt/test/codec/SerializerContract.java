package io.gestalt.test.codec;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every {@link Serializer} must do; a test class inherits it by implementing
 * {@link #serializer()} and {@link #samples()}.
 */
public interface SerializerContract {

	/** The serializer under test. */
	Serializer serializer();

	/** Values that it can write and must read back as they were. */
	List<Sample> samples();

	/** Whether a part of a payload, or one with more behind it, is never valid itself. */
	default boolean delimitsItself() {
		return true;
	}

	@Test
	default void readsWhatItWrote() {
		for (Sample sample : samples()) {
			assertSame(sample, read(write(sample), sample));
		}
	}

	@Test
	default void readsAndWritesDirectBuffers() {
		for (Sample sample : samples()) {
			ByteBuf buffer = Unpooled.directBuffer();
			serializer().write(sample.value(), sample.typeId(), buffer);
			assertSame(sample, serializer().read(buffer, sample.typeId(), sample.target()));
			buffer.release();
		}
	}

	@Test
	default void keepsToTheBytesBetweenTheIndices() {
		for (Sample sample : samples()) {
			byte[] payload = write(sample);
			ByteBuf buffer = Unpooled.buffer().writeLong(-1).writeBytes(payload).writeLong(-1);
			ByteBuf slice = buffer.slice(4, payload.length + 8).readerIndex(4).writerIndex(4 + payload.length);
			assertSame(sample, serializer().read(slice, sample.typeId(), sample.target()));
			ByteBuf appended = Unpooled.buffer().writeLong(-1);
			serializer().write(sample.value(), sample.typeId(), appended);
			assertThat(appended.readLong()).isEqualTo(-1);
			assertSame(sample, serializer().read(appended, sample.typeId(), sample.target()));
		}
	}

	@Test
	default void keepsNothingOfTheBuffer() {
		for (Sample sample : samples()) {
			ByteBuf buffer = Unpooled.buffer();
			serializer().write(sample.value(), sample.typeId(), buffer);
			Object value = serializer().read(buffer, sample.typeId(), sample.target());
			buffer.setZero(0, buffer.capacity());
			assertSame(sample, value);
		}
	}

	@Test
	default void answersTruncationWithACodecException() {
		for (Sample sample : samples()) {
			byte[] payload = write(sample);
			for (int length = 1; length < payload.length; length++) {
				byte[] part = Arrays.copyOf(payload, length);
				assertValueOrCodecException(part, sample, "the first %d of %d bytes".formatted(length, payload.length));
				if (delimitsItself()) {
					assertThatExceptionOfType(CodecException.class)
						.as("the first %d of %d bytes of %s", length, payload.length, sample.value())
						.isThrownBy(() -> read(part, sample));
				}
			}
		}
	}

	@Test
	default void refusesWhatFollowsTheValue() {
		for (Sample sample : samples()) {
			byte[] payload = write(sample);
			byte[] twice = Arrays.copyOf(payload, payload.length * 2);
			System.arraycopy(payload, 0, twice, payload.length, payload.length);
			assertValueOrCodecException(twice, sample, "payload twice");
			if (delimitsItself()) {
				assertThatExceptionOfType(CodecException.class).as("%s twice", sample.value())
					.isThrownBy(() -> read(twice, sample));
			}
		}
	}

	@Test
	default void answersFlippedBitsWithAValueOrACodecException() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (Sample sample : samples()) {
			byte[] payload = write(sample);
			for (int round = 0; round < 300; round++) {
				byte[] damaged = payload.clone();
				int bit = random.nextInt(damaged.length * 8);
				damaged[bit / 8] ^= (byte) (1 << (bit % 8));
				assertValueOrCodecException(damaged, sample, "bit %d, seed %d".formatted(bit, seed));
			}
		}
	}

	@Test
	default void answersNoiseWithAValueOrACodecException() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int round = 0; round < 1000; round++) {
			byte[] noise = new byte[1 + random.nextInt(100)];
			random.nextBytes(noise);
			Sample sample = samples().get(round % samples().size());
			assertValueOrCodecException(noise, sample, "round %d, seed %d".formatted(round, seed));
		}
	}

	@Test
	default void tellsTheCodecOfAValueThatItCannotWrite() {
		Object value = new Unwritable();
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> serializer().write(value, 0, Unpooled.buffer()))
			.satisfies((ex) -> assertThat(ex.codec()).isEqualTo(serializer().name()));
	}

	@Test
	default void answersAnEmptyPayloadWithoutFailing() {
		for (Sample sample : samples()) {
			Object empty = serializer().empty(sample.typeId(), sample.target());
			if (empty != null) {
				assertThat(empty).isInstanceOf((Class<?>) sample.target());
			}
		}
	}

	@Test
	default void isSafeForManyThreads() {
		List<Sample> samples = samples();
		IntStream.range(0, 500).parallel().forEach((index) -> {
			Sample sample = samples.get(index % samples.size());
			assertSame(sample, read(write(sample), sample));
		});
	}

	/** Writes by way of the serializer under test. */
	default byte[] write(Sample sample) {
		ByteBuf out = Unpooled.buffer();
		serializer().write(sample.value(), sample.typeId(), out);
		return ByteBufUtil.getBytes(out);
	}

	/** Reads by way of the serializer under test. */
	default @Nullable Object read(byte[] payload, Sample sample) {
		return serializer().read(Unpooled.wrappedBuffer(payload), sample.typeId(), sample.target());
	}

	private void assertValueOrCodecException(byte[] payload, Sample sample, String description) {
		try {
			read(payload, sample);
		}
		catch (CodecException ex) {
			assertThat(ex.codec()).isEqualTo(serializer().name());
			assertThat(ex).hasMessageContaining(serializer().name());
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("%s: %s".formatted(description, ByteBufUtil.hexDump(payload)), ex);
		}
	}

	private static void assertSame(Sample sample, @Nullable Object value) {
		assertThat(value).isEqualTo(sample.value());
	}

	/** A value that contains itself. */
	final class Unwritable {

		private final Object itself = this;

		/** Leads back to the beginning. */
		public Object getItself() {
			return this.itself;
		}

	}

	/**
	 * A value and how it is read back.
	 *
	 * @param value the value
	 * @param typeId its message type identifier, 0 for none
	 * @param target what the receiver wants
	 */
	record Sample(Object value, int typeId, Type target) {

		/** A value that is read back as its own class. */
		public static Sample of(Object value) {
			return new Sample(value, 0, value.getClass());
		}

	}

}
