package io.gestalt.test.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cuts bytes into frames as a connection does and remembers the frames. Fails where the
 * framing moves an index or locates a frame outside of what has arrived.
 */
public final class FrameRecorder {

	private final FrameCodec codec;

	private final Frame frame = new Frame();

	private final ByteBuf arrived = Unpooled.buffer();

	private final List<RecordedFrame> frames = new ArrayList<>();

	public FrameRecorder(FrameCodec codec) {
		this.codec = codec;
	}

	/** What was found so far. */
	public List<RecordedFrame> frames() {
		return List.copyOf(this.frames);
	}

	/** Takes the whole frames from the start of a buffer. */
	public void receive(ByteBuf in) {
		while (find(in)) {
			assertThat(this.frame.endIndex()).as("end index").isGreaterThan(in.readerIndex());
			record(in);
		}
	}

	/**
	 * Lets bytes arrive in pieces, after those that arrived before.
	 * @param stream what arrives
	 * @param chunkLengths asked for the length of each piece, which is cut where the
	 * stream ends
	 */
	public void receive(byte[] stream, IntSupplier chunkLengths) {
		int index = 0;
		while (index < stream.length) {
			int length = Math.min(Math.max(1, chunkLengths.getAsInt()), stream.length - index);
			this.arrived.discardSomeReadBytes().writeBytes(stream, index, length);
			index += length;
			receive(this.arrived);
		}
	}

	/** Takes all that a datagram holds. */
	public void receiveDatagram(ByteBuf in) {
		do {
			int readerIndex = in.readerIndex();
			int writerIndex = in.writerIndex();
			try {
				this.codec.readDatagram(in, this.frame);
			}
			finally {
				assertIndices(in, readerIndex, writerIndex);
			}
			assertThat(this.frame.endIndex() > readerIndex || writerIndex == readerIndex).as("progress").isTrue();
			record(in);
		}
		while (in.isReadable());
	}

	private boolean find(ByteBuf in) {
		int readerIndex = in.readerIndex();
		int writerIndex = in.writerIndex();
		try {
			return this.codec.read(in, this.frame);
		}
		finally {
			assertIndices(in, readerIndex, writerIndex);
			assertThat(this.frame.examined()).as("examined").isBetween(0, in.readableBytes());
		}
	}

	private void assertIndices(ByteBuf in, int readerIndex, int writerIndex) {
		assertThat(in.readerIndex()).as("reader index").isEqualTo(readerIndex);
		assertThat(in.writerIndex()).as("writer index").isEqualTo(writerIndex);
	}

	private void record(ByteBuf in) {
		int payloadIndex = this.frame.payloadIndex();
		int payloadLength = this.frame.payloadLength();
		assertThat(payloadIndex).as("payload index").isGreaterThanOrEqualTo(in.readerIndex());
		assertThat(payloadLength).as("payload length").isBetween(0, this.frame.endIndex() - payloadIndex);
		assertThat(this.frame.endIndex()).as("end index").isLessThanOrEqualTo(in.writerIndex());
		byte[] payload = ByteBufUtil.getBytes(in, payloadIndex, payloadLength);
		this.frames.add(new RecordedFrame(this.frame.type(), payload));
		in.readerIndex(this.frame.endIndex());
	}

}
