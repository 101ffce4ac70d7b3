package io.gestalt.frame;

import io.netty.buffer.ByteBuf;

/**
 * The bytes that end a frame, and the search for them. A search looks at each byte once,
 * and at those that may start the delimiter at most {@value #MAX_LENGTH} times, in
 * however many pieces the frame arrives.
 */
final class Delimiter {

	static final int MAX_LENGTH = 64;

	private static final int ABSENT = -1;

	private final String name;

	private final byte[] bytes;

	private final FrameLimit limit;

	private final long window;

	/**
	 * Creates a delimiter.
	 * @param name what it is called in messages
	 * @param bytes the delimiter, 1 to 64 bytes
	 * @param limit how long payloads may be
	 * @param maxTrailer how many bytes may follow a payload, the delimiter among them
	 */
	Delimiter(String name, byte[] bytes, FrameLimit limit, int maxTrailer) {
		if (bytes.length < 1 || bytes.length > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"Delimiter of %d bytes is not within 1 and %d bytes".formatted(bytes.length, MAX_LENGTH));
		}
		this.name = name;
		this.bytes = bytes.clone();
		this.limit = limit;
		this.window = (long) limit.bytes() + maxTrailer;
	}

	int length() {
		return this.bytes.length;
	}

	/**
	 * Ends a frame.
	 * @param out the buffer, all but the delimiter written
	 * @param start where the payload starts
	 * @param payloadEnd where it ends
	 * @throws FrameException if a delimiter comes earlier, be it that it forms of the
	 * payload's last bytes and those behind them
	 */
	void append(ByteBuf out, int start, int payloadEnd) {
		int end = out.writerIndex();
		out.writeBytes(this.bytes);
		int index = indexIn(out, start, out.writerIndex());
		if (index != end) {
			throw new FrameException(
					"Payload of %d bytes holds %s at byte %d".formatted(payloadEnd - start, this.name, index - start));
		}
	}

	/** Reads a frame of a datagram, the last of which may lack its delimiter. */
	void readDatagram(FrameCodec codec, ByteBuf in, Frame frame) {
		frame.examined(0);
		if (!codec.read(in, frame)) {
			this.limit.locateRest(in, frame);
		}
	}

	/**
	 * Goes on with the search for the end of a frame where the last one left off.
	 * @param in what has arrived
	 * @param frame knows what was searched in vain before, and is told what is now
	 * @return number of bytes before the delimiter, negative if it has not arrived
	 * @throws FrameException if more bytes have arrived than a frame may have, and no
	 * delimiter
	 */
	int search(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int searchable = (int) Math.min(in.readableBytes(), this.window);
		int index = indexIn(in, start + frame.examined(), start + searchable);
		if (index != ABSENT) {
			return index - start;
		}
		if (searchable == this.window) {
			throw this.limit.exceededByAtLeast(this.limit.bytes() + 1L);
		}
		frame.examined(Math.max(frame.examined(), searchable - this.bytes.length + 1));
		return ABSENT;
	}

	/**
	 * Index of the first whole delimiter between two indices, negative if there is none.
	 */
	private int indexIn(ByteBuf buffer, int from, int to) {
		int end = to - this.bytes.length + 1;
		int index = from;
		while (index < end) {
			index = buffer.indexOf(index, end, this.bytes[0]);
			if (index < 0) {
				return ABSENT;
			}
			if (isAt(buffer, index)) {
				return index;
			}
			index++;
		}
		return ABSENT;
	}

	private boolean isAt(ByteBuf buffer, int index) {
		for (int i = 1; i < this.bytes.length; i++) {
			if (buffer.getByte(index + i) != this.bytes[i]) {
				return false;
			}
		}
		return true;
	}

}
