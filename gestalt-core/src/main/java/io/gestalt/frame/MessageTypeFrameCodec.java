package io.gestalt.frame;

import java.nio.ByteOrder;

import io.netty.buffer.ByteBuf;

/**
 * Message type framing. In little-endian order it is the message type framing of the
 * Python package gestalt.
 *
 * <pre>
 * 0        4        8
 * +--------+--------+-----------+
 * | length |  type  |  payload  |   length: u32, counts the payload only
 * +--------+--------+-----------+   type:   u32
 * </pre>
 */
public final class MessageTypeFrameCodec implements FrameCodec {

	private static final int FIELD_LENGTH = 4;

	private static final int HEADER_LENGTH = 2 * FIELD_LENGTH;

	private final UnsignedField field;

	private final FrameLimit limit;

	/**
	 * Creates the framing.
	 * @param order byte order of length and type
	 * @param maxFrameSize largest payload in bytes, the header not counted
	 */
	public MessageTypeFrameCodec(ByteOrder order, int maxFrameSize) {
		this.field = new UnsignedField(FIELD_LENGTH, order);
		this.limit = new FrameLimit(maxFrameSize);
	}

	@Override
	public boolean read(ByteBuf in, Frame frame) {
		int readable = in.readableBytes();
		if (readable < FIELD_LENGTH) {
			return false;
		}
		int start = in.readerIndex();
		long length = this.field.get(in, start);
		this.limit.check(length);
		if (readable < HEADER_LENGTH + length) {
			return false;
		}
		int type = (int) this.field.get(in, start + FIELD_LENGTH);
		int payloadIndex = start + HEADER_LENGTH;
		frame.locate(type, payloadIndex, (int) length, payloadIndex + (int) length);
		return true;
	}

	@Override
	public void begin(ByteBuf out) {
		out.writeZero(HEADER_LENGTH);
	}

	@Override
	public void end(ByteBuf out, int start, int type) {
		int length = out.writerIndex() - start - HEADER_LENGTH;
		this.limit.check(length);
		this.field.set(out, start, length);
		this.field.set(out, start + FIELD_LENGTH, type);
	}

	@Override
	public boolean carriesType() {
		return true;
	}

}
