package io.gestalt.test.frame;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/** Counts the bytes looked at, and refuses a look at those that have not arrived. */
final class WatchedByteBuf extends UnpooledHeapByteBuf {

	private long examined;

	WatchedByteBuf(byte[] content) {
		super(UnpooledByteBufAllocator.DEFAULT, content, Integer.MAX_VALUE);
		writerIndex(0);
	}

	/** How many bytes were looked at, each counted as often as that happened. */
	long examined() {
		return this.examined;
	}

	@Override
	public byte getByte(int index) {
		watch(index, Byte.BYTES);
		return super._getByte(index);
	}

	@Override
	protected byte _getByte(int index) {
		watch(index, Byte.BYTES);
		return super._getByte(index);
	}

	@Override
	public short getShort(int index) {
		watch(index, Short.BYTES);
		return super._getShort(index);
	}

	@Override
	public short getShortLE(int index) {
		watch(index, Short.BYTES);
		return super._getShortLE(index);
	}

	@Override
	public int getInt(int index) {
		watch(index, Integer.BYTES);
		return super._getInt(index);
	}

	@Override
	protected int _getInt(int index) {
		watch(index, Integer.BYTES);
		return super._getInt(index);
	}

	@Override
	public int getIntLE(int index) {
		watch(index, Integer.BYTES);
		return super._getIntLE(index);
	}

	@Override
	protected int _getIntLE(int index) {
		watch(index, Integer.BYTES);
		return super._getIntLE(index);
	}

	@Override
	public long getLong(int index) {
		watch(index, Long.BYTES);
		return super._getLong(index);
	}

	@Override
	protected long _getLong(int index) {
		watch(index, Long.BYTES);
		return super._getLong(index);
	}

	@Override
	public long getLongLE(int index) {
		watch(index, Long.BYTES);
		return super._getLongLE(index);
	}

	@Override
	protected long _getLongLE(int index) {
		watch(index, Long.BYTES);
		return super._getLongLE(index);
	}

	private void watch(int index, int length) {
		this.examined += length;
		if (index < readerIndex() || index + length > writerIndex()) {
			throw new AssertionError("Bytes %d to %d are not within %s".formatted(index, index + length, this));
		}
	}

}
