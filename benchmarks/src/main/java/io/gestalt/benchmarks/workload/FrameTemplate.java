package io.gestalt.benchmarks.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The prebuilt frames of a workload, numbered when they are sent and checked when they
 * come back. The header is that of the {@link Wire}.
 *
 * <pre>
 *          0                    8
 * +--------+--------------------+---------+
 * | header | sequence           | filler  |   bytes: sequence is a u64
 * +--------+--------------------+---------+
 * | header | {"id":"0123456789abcdef","price":12.5,"quantity":17,"text":"xx"}   json: 16 hexadecimal digits
 * +--------+-------------------------------
 * </pre>
 */
public final class FrameTemplate {

	private static final String JSON = "{\"id\":\"0000000000000000\",\"price\":12.5,\"quantity\":17,\"text\":\"%s\"}";

	private static final int JSON_SEQUENCE = JSON.indexOf('0');

	private static final int FULL_CHECK_MASK = 1023;

	private final boolean json;

	private final Wire wire;

	private final byte[] opening;

	private final byte[] request;

	private final byte[] reply;

	private final int requestHeader;

	private final int replyHeader;

	private final long tail;

	public FrameTemplate(Workload workload, Wire wire) {
		this.json = workload.json();
		this.wire = wire;
		this.opening = wire.opening(workload);
		byte[] payload = this.json ? json(workload.size()) : filler(workload.size());
		this.request = frame(wire.request(workload), payload);
		this.reply = frame(wire.reply(workload), payload);
		this.requestHeader = this.request.length - payload.length;
		this.replyHeader = this.reply.length - payload.length;
		this.tail = ByteBuffer.wrap(payload).getLong(payload.length - Long.BYTES);
	}

	private static byte[] frame(byte[] header, byte[] payload) {
		return ByteBuffer.allocate(header.length + payload.length).put(header).put(payload).array();
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

	/** What a connection begins with, empty for most. */
	public ByteBuf opening() {
		return Unpooled.wrappedBuffer(this.opening);
	}

	/** Bytes of every frame that is sent, header included. */
	public int requestLength() {
		return this.request.length;
	}

	/** Bytes of every frame that comes back, header included. */
	public int replyLength() {
		return this.reply.length;
	}

	/** Whether a frame that was sent may be sent again as it is. */
	public boolean repeatable() {
		return !this.wire.numbersFrames();
	}

	/** Appends the frame with this number. */
	public void write(ByteBuf out, long sequence) {
		int start = out.writerIndex();
		out.writeBytes(this.request);
		this.wire.number(out, start, sequence);
		number(out, start + this.requestHeader, sequence);
	}

	private void number(ByteBuf buffer, int payload, long sequence) {
		if (this.json) {
			buffer.setLong(payload + JSON_SEQUENCE, hex((int) (sequence >>> 32)));
			buffer.setLong(payload + JSON_SEQUENCE + Long.BYTES, hex((int) sequence));
		}
		else {
			buffer.setLong(payload, sequence);
		}
	}

	/**
	 * Checks length, number and last bytes of a frame, and now and then all of it.
	 * @param in holds at least {@link #replyLength()} bytes from {@code start}
	 * @throws IllegalStateException if it is not the expected frame
	 */
	public void verify(ByteBuf in, int start, long sequence) {
		boolean equal = headed(in, start, sequence) && numbered(in, start + this.replyHeader, sequence)
				&& in.getLong(start + this.reply.length - Long.BYTES) == this.tail;
		if (!equal || ((sequence & FULL_CHECK_MASK) == 0 && !equals(in, start, sequence))) {
			throw new IllegalStateException("Reply %d of %d bytes expected, but received %s".formatted(sequence,
					this.reply.length, ByteBufUtil.hexDump(in, start, this.reply.length)));
		}
	}

	// Three bytes of the length, and its fourth or the flags.
	private boolean headed(ByteBuf in, int start, long sequence) {
		int expected = (this.reply[0] & 0xFF) << 16 | (this.reply[1] & 0xFF) << 8 | (this.reply[2] & 0xFF);
		int last = this.replyHeader - 1;
		return in.getUnsignedMedium(start) == expected && in.getByte(start + last) == this.reply[last]
				&& this.wire.numbered(in, start, sequence);
	}

	private boolean numbered(ByteBuf in, int payload, long sequence) {
		if (this.json) {
			return in.getLong(payload + JSON_SEQUENCE) == hex((int) (sequence >>> 32))
					&& in.getLong(payload + JSON_SEQUENCE + Long.BYTES) == hex((int) sequence);
		}
		return in.getLong(payload) == sequence;
	}

	private boolean equals(ByteBuf in, int start, long sequence) {
		ByteBuf expected = Unpooled.buffer(this.reply.length).writeBytes(this.reply);
		this.wire.number(expected, 0, sequence);
		number(expected, this.replyHeader, sequence);
		return ByteBufUtil.equals(expected, 0, in, start, this.reply.length);
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
