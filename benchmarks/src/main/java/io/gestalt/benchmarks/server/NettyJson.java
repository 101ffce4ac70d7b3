package io.gestalt.benchmarks.server;

import java.io.OutputStream;

import io.gestalt.benchmarks.workload.Order;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders of one channel, read by Jackson from an array that is kept and written straight
 * into the outgoing buffer.
 */
final class NettyJson {

	private static final ObjectReader READER = JsonMapper.shared().readerFor(Order.class);

	private static final ObjectWriter WRITER = JsonMapper.shared().writerFor(Order.class);

	private byte[] bytes = {};

	// A direct buffer has no array to parse, and one bulk copy beats a stream of reads.
	Order read(ByteBuf payload) {
		int length = payload.readableBytes();
		if (this.bytes.length < length) {
			this.bytes = new byte[length];
		}
		payload.getBytes(payload.readerIndex(), this.bytes, 0, length);
		return READER.readValue(this.bytes, 0, length);
	}

	ByteBuf write(Order order, ByteBufAllocator allocator, int expectedLength) {
		ByteBuf frame = allocator.directBuffer(Integer.BYTES + expectedLength);
		frame.writeInt(0);
		WRITER.writeValue((OutputStream) new ByteBufOutputStream(frame), order);
		return frame.setInt(0, frame.readableBytes() - Integer.BYTES);
	}

}
