package io.gestalt.benchmarks.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The prebuilt frame of a workload, numbered when it is sent and checked when it comes
 * back.
 *
 * <pre>
 * 0        4                    12
 * +--------+--------------------+---------+
 * | length | sequence           | filler  |   bytes: sequence is a u64
 * +--------+--------------------+---------+
 * | length | {"id":"0123456789abcdef","price":12.5,"quantity":17,"text":"xx"}   json: 16 hexadecimal digits
 * +--------+-------------------------------
 * </pre>
 */
public final class FrameTemplate {

	private static final int HEADER_LENGTH = 4;

	private static final String JSON = "{\"id\":\"0000000000000000\",\"price\":12.5,\"quantity\":17,\"text\":\"%s\"}";

	private static final int JSON_SEQUENCE = HEADER_LENGTH + JSON.indexOf('0');

	private static final int FULL_CHECK_MASK = 1023;

	private final boolean json;

	private final byte[] frame;

	private final long tail;

	public FrameTemplate(Workload workload) {
		this.json = workload.json();
		byte[] payload = this.json ? json(workload.size()) : filler(workload.size());
		this.frame = ByteBuffer.allocate(HEADER_LENGTH + payload.length).putInt(payload.length).put(payload).array();
		this.tail = ByteBuffer.wrap(this.frame).getLong(this.frame.length - Long.BYTES);
	}

	private static byte[] json(int size) {
		int padding = size - JSON.formatted("").length();
		return JSON.formatted("x".repeat(padding)).getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] filler(int size) {
		byte[] filler = new byte[size];
		for (int i = 0; i < size; i++) {
			filler[i] = (byte) (i * 31);
		}
		return filler;
	}

	/** Bytes of every frame, header included. */
	public int frameLength() {
		return this.frame.length;
	}

	/** Appends the frame with this number. */
	public void write(ByteBuf out, long sequence) {
		int start = out.writerIndex();
		out.writeBytes(this.frame);
		number(out, start, sequence);
	}

	private void number(ByteBuf buffer, int start, long sequence) {
		if (this.json) {
			buffer.setLong(start + JSON_SEQUENCE, hex((int) (sequence >>> 32)));
			buffer.setLong(start + JSON_SEQUENCE + Long.BYTES, hex((int) sequence));
		}
		else {
			buffer.setLong(start + HEADER_LENGTH, sequence);
		}
	}

	/**
	 * Checks length, number and last bytes of a frame, and now and then all of it.
	 * @param in holds at least {@link #frameLength()} bytes from {@code start}
	 * @throws IllegalStateException if it is not the expected frame
	 */
	public void verify(ByteBuf in, int start, long sequence) {
		boolean equal = in.getInt(start) == this.frame.length - HEADER_LENGTH && numbered(in, start, sequence)
				&& in.getLong(start + this.frame.length - Long.BYTES) == this.tail;
		if (!equal || ((sequence & FULL_CHECK_MASK) == 0 && !equals(in, start, sequence))) {
			throw new IllegalStateException("Reply %d of %d bytes expected, but received %s".formatted(sequence,
					this.frame.length, ByteBufUtil.hexDump(in, start, this.frame.length)));
		}
	}

	private boolean numbered(ByteBuf in, int start, long sequence) {
		if (this.json) {
			return in.getLong(start + JSON_SEQUENCE) == hex((int) (sequence >>> 32))
					&& in.getLong(start + JSON_SEQUENCE + Long.BYTES) == hex((int) sequence);
		}
		return in.getLong(start + HEADER_LENGTH) == sequence;
	}

	private boolean equals(ByteBuf in, int start, long sequence) {
		ByteBuf expected = Unpooled.buffer(this.frame.length);
		write(expected, sequence);
		return ByteBufUtil.equals(expected, 0, in, start, this.frame.length);
	}

	// One nibble to each byte, then to its digit: the client must not cost more than a
	// server.
	private static long hex(int value) {
		long nibbles = value & 0xFFFFFFFFL;
		nibbles = (nibbles | nibbles << 16) & 0x0000FFFF0000FFFFL;
		nibbles = (nibbles | nibbles << 8) & 0x00FF00FF00FF00FFL;
		nibbles = (nibbles | nibbles << 4) & 0x0F0F0F0F0F0F0F0FL;
		long letters = ((nibbles + 0x0606060606060606L) >>> 4) & 0x0101010101010101L;
		return nibbles + 0x3030303030303030L + letters * ('a' - '0' - 10);
	}

}
