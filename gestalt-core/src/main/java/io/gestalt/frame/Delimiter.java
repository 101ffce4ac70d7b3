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

	private final byte[] bytes;

	Delimiter(byte... bytes) {
		if (bytes.length < 1 || bytes.length > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"Delimiter of %d bytes is not within 1 and %d bytes".formatted(bytes.length, MAX_LENGTH));
		}
		this.bytes = bytes.clone();
	}

	int length() {
		return this.bytes.length;
	}

	void append(ByteBuf out) {
		out.writeBytes(this.bytes);
	}

	/**
	 * Goes on with the search for the end of a frame where the last one left off.
	 * @param in what has arrived
	 * @param frame knows what was searched in vain before, and is told what is now
	 * @param window how many bytes the frame may have, its delimiter included
	 * @param limit what to cite if the window is full
	 * @return number of bytes before the delimiter, negative if it has not arrived
	 * @throws FrameException if the window is full and holds no delimiter
	 */
	int search(ByteBuf in, Frame frame, long window, FrameLimit limit) {
		int start = in.readerIndex();
		int searchable = (int) Math.min(in.readableBytes(), window);
		int index = indexIn(in, start + frame.examined(), start + searchable);
		if (index != ABSENT) {
			return index - start;
		}
		if (searchable == window) {
			throw limit.exceededByAtLeast(limit.bytes() + 1L);
		}
		frame.examined(Math.max(frame.examined(), searchable - this.bytes.length + 1));
		return ABSENT;
	}

	/**
	 * Index of the first whole delimiter between two indices, negative if there is none.
	 */
	int indexIn(ByteBuf buffer, int from, int to) {
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
