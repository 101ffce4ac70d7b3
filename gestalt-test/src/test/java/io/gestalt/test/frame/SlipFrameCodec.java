package io.gestalt.test.frame;

import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.netty.buffer.ByteBuf;

/**
 * SLIP framing (RFC 1055) as a user would add it: the payload is escaped when it is
 * written, and its escapes are removed in place when it is read.
 *
 * <pre>
 * +-------------------+-------+
 * |  escaped payload  |  END  |   END: c0, in the payload db dc; ESC: db, in the payload db dd
 * +-------------------+-------+
 * </pre>
 */
final class SlipFrameCodec implements FrameCodec {

	private static final byte END = (byte) 0xc0;

	private static final byte ESC = (byte) 0xdb;

	private static final byte ESC_END = (byte) 0xdc;

	private static final byte ESC_ESC = (byte) 0xdd;

	private final int maxFrameSize;

	SlipFrameCodec(int maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int searchable = (int) Math.min(in.readableBytes(), 2L * this.maxFrameSize + 1);
		int end = in.indexOf(start + frame.examined(), start + searchable, END);
		if (end >= 0) {
			frame.locate(0, start, unescape(in, start, end), end + 1);
			return true;
		}
		if (searchable > 2L * this.maxFrameSize) {
			throw tooLong(this.maxFrameSize + 1);
		}
		frame.examined(searchable);
		return false;
	}

	@Override
	public void begin(ByteBuf out) {
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		int length = out.writerIndex() - start;
		if (length > this.maxFrameSize) {
			throw tooLong(length);
		}
		int from = out.writerIndex();
		out.writeZero(escapes(out, start, from));
		int to = out.writerIndex();
		while (from > start) {
			byte value = out.getByte(--from);
			if (value == END || value == ESC) {
				out.setByte(--to, (value == END) ? ESC_END : ESC_ESC);
				value = ESC;
			}
			out.setByte(--to, value);
		}
		out.writeByte(END);
	}

	private int unescape(ByteBuf in, int start, int end) {
		int to = start;
		for (int from = start; from < end; from++) {
			byte value = in.getByte(from);
			if (value == ESC) {
				value = original((++from < end) ? in.getByte(from) : END);
			}
			in.setByte(to++, value);
		}
		if (to - start > this.maxFrameSize) {
			throw tooLong(to - start);
		}
		return to - start;
	}

	private static byte original(byte escaped) {
		return switch (escaped) {
			case ESC_END -> END;
			case ESC_ESC -> ESC;
			default -> throw new FrameException("Byte 0x%02x is no escape".formatted(Byte.toUnsignedInt(escaped)));
		};
	}

	private static int escapes(ByteBuf out, int start, int end) {
		int count = 0;
		for (int index = start; index < end; index++) {
			byte value = out.getByte(index);
			count += (value == END || value == ESC) ? 1 : 0;
		}
		return count;
	}

	private FrameException tooLong(int length) {
		return new FrameException(
				"Frame of %d bytes exceeds the limit of %d bytes".formatted(length, this.maxFrameSize));
	}

}
