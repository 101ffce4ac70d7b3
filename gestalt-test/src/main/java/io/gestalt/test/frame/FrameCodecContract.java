package io.gestalt.test.frame;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What every framing that keeps boundaries must pass. A test class implements it and
 * inherits the tests. Random cases print their seed; set it with {@code -Dgestalt.seed}.
 */
public interface FrameCodecContract {

	/**
	 * Creates the framing under test.
	 * @param maxFrameSize largest payload in bytes
	 */
	FrameCodec codec(int maxFrameSize);

	/**
	 * How many bytes of a frame above the limit may arrive before it is refused.
	 * @param maxFrameSize largest payload in bytes
	 */
	int refusedAfter(int maxFrameSize);

	/** The largest payload to try, for a framing that cannot carry 64 KiB. */
	default int capacity() {
		return 1 << 16;
	}

	/** A payload that this framing can carry. */
	default byte[] payload(Random random, int length) {
		byte[] payload = new byte[length];
		random.nextBytes(payload);
		return payload;
	}

	/** Bytes that mean something to this framing, from which garbage is made. */
	default byte[] alphabet() {
		return new byte[] { 0, 1, 2, 3, 4, -1, 'a' };
	}

	@Test
	default void carriesPayloadsInAnyBufferBehindWhatItHolds() {
		FrameCodec codec = codec(capacity());
		for (ByteBuf buffer : buffers()) {
			buffer.writeBytes(new byte[] { 11, 12, 13 });
			buffer.skipBytes(3);
			List<RecordedFrame> sent = new ArrayList<>();
			for (int length : new int[] { 0, 1, 2, 9, 10, 99, 100, 127, 128, capacity() }) {
				sent.add(write(codec, buffer, length, payload(new Random(length), length)));
			}
			FrameRecorder recorder = new FrameRecorder(codec);
			recorder.receive(buffer);
			assertThat(recorder.frames()).isEqualTo(sent);
			assertThat(ByteBufUtil.getBytes(buffer, 0, 3)).containsExactly(11, 12, 13);
			assertThat(buffer.release()).isTrue();
		}
	}

	@Test
	default void findsAFrameWithItsLastByteAndNotBefore() {
		FrameCodec codec = codec(200);
		for (int length : new int[] { 0, 1, 9, 10, 200 }) {
			ByteBuf whole = Unpooled.buffer();
			RecordedFrame sent = write(codec, whole, 7, payload(new Random(length), length));
			ByteBuf arrived = Unpooled.buffer();
			FrameRecorder recorder = new FrameRecorder(codec);
			while (whole.isReadable()) {
				assertThat(recorder.frames()).isEmpty();
				recorder.receive(arrived.writeByte(whole.readByte()));
			}
			assertThat(recorder.frames()).containsExactly(sent);
			assertThat(arrived.isReadable()).isFalse();
		}
	}

	@Test
	default void findsRandomFramesInRandomChunks() {
		Random random = Seed.random(this);
		for (int i = 0; i < Seed.cases(); i++) {
			int maxFrameSize = 1 + random.nextInt(200);
			FrameCodec codec = codec(maxFrameSize);
			ByteBuf stream = Unpooled.buffer();
			List<RecordedFrame> sent = new ArrayList<>();
			for (int count = random.nextInt(5); count >= 0; count--) {
				sent.add(write(codec, stream, random.nextInt(), payload(random, random.nextInt(maxFrameSize + 1))));
			}
			int maxChunkLength = 1 + random.nextInt(64);
			FrameRecorder recorder = new FrameRecorder(codec);
			recorder.receive(ByteBufUtil.getBytes(stream), () -> 1 + random.nextInt(maxChunkLength));
			assertThat(recorder.frames()).as("case %d", i).isEqualTo(sent);
		}
	}

	@Test
	default void findsTheFrameOfADatagram() {
		FrameCodec codec = codec(16);
		for (int length : new int[] { 0, 1, 16 }) {
			ByteBuf datagram = Unpooled.buffer();
			RecordedFrame sent = write(codec, datagram, 7, payload(new Random(length), length));
			FrameRecorder recorder = new FrameRecorder(codec);
			recorder.receiveDatagram(datagram);
			assertThat(recorder.frames()).containsExactly(sent);
		}
	}

	@Test
	default void doesNotMistakeADatagramForTheRestOfTheOneBefore() {
		FrameCodec codec = codec(16);
		Frame frame = new Frame();
		frame.examined(1);
		ByteBuf datagram = Unpooled.buffer();
		write(codec, datagram, 0, new byte[0]);
		codec.readDatagram(datagram, frame);
		assertThat(frame.payloadLength()).isZero();
	}

	@Test
	default void refusesToWriteAPayloadAboveTheLimitAndLeavesWhatWasWrittenBefore() {
		FrameCodec codec = codec(16);
		ByteBuf out = Unpooled.buffer();
		RecordedFrame sent = write(codec, out, 7, payload(new Random(16), 16));
		int start = out.writerIndex();
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> write(codec, out, 7, payload(new Random(17), 17)))
			.withMessage("Frame of 17 bytes exceeds the limit of 16 bytes");
		FrameRecorder recorder = new FrameRecorder(codec);
		recorder.receive(out.writerIndex(start));
		assertThat(recorder.frames()).containsExactly(sent);
	}

	@Test
	default void refusesToReadAFrameAboveTheLimitAsSoonAsItCan() {
		byte[] frame = new FrameWriter(codec(200)).write(7, payload(new Random(17), 17));
		ByteBuf in = Unpooled.wrappedBuffer(frame, 0, Math.min(refusedAfter(16), frame.length));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> new FrameRecorder(codec(16)).receive(in))
			.withMessageContaining("exceeds the limit of 16 bytes");
	}

	@Test
	default void refusesAFrameThatDoesNotEndByteByByte() {
		byte[] frame = new FrameWriter(codec(200)).write(7, payload(new Random(200), 200));
		assertThat(refusedAfter(16)).isLessThan(frame.length);
		byte[] arrived = new byte[refusedAfter(16)];
		System.arraycopy(frame, 0, arrived, 0, arrived.length);
		FrameRecorder recorder = new FrameRecorder(codec(16));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> recorder.receive(arrived, () -> 1));
		assertThat(recorder.frames()).isEmpty();
	}

	@Test
	default void refusesADatagramAboveTheLimit() {
		byte[] frame = new FrameWriter(codec(200)).write(7, payload(new Random(17), 17));
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameRecorder(codec(16)).receiveDatagram(Unpooled.wrappedBuffer(frame)));
	}

	@Test
	default void answersGarbageWithFramesOrAFrameExceptionOnly() {
		Random random = Seed.random(this);
		byte[] alphabet = alphabet();
		for (int i = 0; i < Seed.cases(); i++) {
			byte[] garbage = new byte[random.nextInt(40)];
			for (int k = 0; k < garbage.length; k++) {
				garbage[k] = random.nextInt(8) > 0 ? alphabet[random.nextInt(alphabet.length)]
						: (byte) random.nextInt();
			}
			ByteBuf stream = new WatchedByteBuf(garbage.clone()).writerIndex(garbage.length);
			ByteBuf datagram = new WatchedByteBuf(garbage.clone()).writerIndex(garbage.length);
			assertRefusesAtMost(() -> new FrameRecorder(codec(16)).receive(stream));
			assertRefusesAtMost(() -> new FrameRecorder(codec(16)).receiveDatagram(datagram));
		}
	}

	@Test
	default void looksAtEachByteABoundedNumberOfTimes() {
		long whole = bytesExamined(payload(new Random(1), capacity()));
		long half = bytesExamined(payload(new Random(1), capacity() / 2));
		assertThat(whole).as("bytes examined, after %d for half as long a frame", half).isLessThan(half * 9 / 4);
	}

	@Test
	default void allocatesNothing() {
		FrameCodec codec = codec(200);
		ByteBuf buffer = Unpooled.buffer(1024);
		byte[] payload = payload(new Random(1), 100);
		Frame frame = new Frame();
		writeAndRead(codec, buffer, payload, frame, 2_000);
		ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = thread.getCurrentThreadAllocatedBytes();
		writeAndRead(codec, buffer, payload, frame, 20_000);
		long allocated = thread.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).as("bytes allocated for 20000 frames").isLessThan(20_000);
	}

	private static void assertRefusesAtMost(ThrowingCallable call) {
		Throwable failure = catchThrowable(call);
		if (failure != null) {
			assertThat(failure).isInstanceOf(FrameException.class);
		}
	}

	private long bytesExamined(byte[] payload) {
		FrameCodec codec = codec(payload.length);
		byte[] content = new FrameWriter(codec).write(7, payload);
		WatchedByteBuf in = new WatchedByteBuf(content);
		Frame frame = new Frame();
		for (int arrived = 1; arrived < content.length; arrived++) {
			assertThat(codec.read(in.writerIndex(arrived), frame)).isFalse();
		}
		assertThat(codec.read(in.writerIndex(content.length), frame)).isTrue();
		return in.examined();
	}

	private static void writeAndRead(FrameCodec codec, ByteBuf buffer, byte[] payload, Frame frame, int times) {
		for (int i = 0; i < times; i++) {
			buffer.clear();
			codec.begin(buffer);
			buffer.writeBytes(payload);
			codec.end(buffer, 0, 7);
			if (!codec.read(buffer, frame)) {
				throw new AssertionError("Frame not found in " + buffer);
			}
		}
	}

	private static RecordedFrame write(FrameCodec codec, ByteBuf out, int type, byte[] payload) {
		new FrameWriter(codec).write(out, type, payload);
		return new RecordedFrame(codec.carriesType() ? type : 0, payload);
	}

	private static List<ByteBuf> buffers() {
		PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
		return List.of(Unpooled.buffer(), Unpooled.directBuffer(), pool.heapBuffer(), pool.directBuffer());
	}

}
