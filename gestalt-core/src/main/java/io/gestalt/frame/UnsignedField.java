package io.gestalt.frame;

import java.nio.ByteOrder;

import io.netty.buffer.ByteBuf;

/**
 * An unsigned number of fixed width in a header.
 *
 * @param length width in bytes: 1, 2 or 4
 * @param littleEndian whether the least significant byte comes first
 */
record UnsignedField(int length, boolean littleEndian) {

	UnsignedField {
		if (length != 1 && length != 2 && length != 4) {
			throw new IllegalArgumentException("Length field of %d bytes is not one of 1, 2 or 4".formatted(length));
		}
	}

	UnsignedField(int length, ByteOrder order) {
		this(length, order == ByteOrder.LITTLE_ENDIAN);
	}

	/** The largest number that fits. */
	long max() {
		return (1L << (8 * this.length)) - 1;
	}

	long get(ByteBuf in, int index) {
		return switch (this.length) {
			case 1 -> in.getUnsignedByte(index);
			case 2 -> this.littleEndian ? in.getUnsignedShortLE(index) : in.getUnsignedShort(index);
			default -> this.littleEndian ? in.getUnsignedIntLE(index) : in.getUnsignedInt(index);
		};
	}

	void set(ByteBuf out, int index, int value) {
		switch (this.length) {
			case 1 -> out.setByte(index, value);
			case 2 -> {
				int ordered = this.littleEndian ? Short.reverseBytes((short) value) : value;
				out.setShort(index, ordered);
			}
			default -> out.setInt(index, this.littleEndian ? Integer.reverseBytes(value) : value);
		}
	}

}
