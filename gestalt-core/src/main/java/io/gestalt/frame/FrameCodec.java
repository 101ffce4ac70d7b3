package io.gestalt.frame;

import io.netty.buffer.ByteBuf;

/**
 * Finds the frames in a stream of bytes, and wraps payloads into frames. Implementations
 * hold no state of a connection and are safe for use by many threads. A bean of this type
 * is chosen by its name with {@code framing.codec}.
 */
public interface FrameCodec {

	/**
	 * Looks for a whole frame at the reader index. Neither index of the buffer is moved;
	 * bytes between them may be changed in place, to remove an escape for instance.
	 * @param in what has arrived
	 * @param frame is told where the frame lies if there is one
	 * @return whether there is a whole frame
	 * @throws FrameException if what has arrived cannot become a frame, or would become
	 * one above the limit; the connection cannot go on then
	 */
	boolean read(ByteBuf in, Frame frame);

	/**
	 * Looks for a frame in what is left of a datagram, after which nothing more comes. It
	 * is called again while bytes remain.
	 * @param in what is left of the datagram
	 * @param frame is told where the frame lies
	 * @throws FrameException if it holds no frame, or one that disagrees with its size
	 */
	default void readDatagram(ByteBuf in, Frame frame) {
		frame.examined(0);
		if (!read(in, frame)) {
			throw new FrameException("Datagram of %d bytes ends within a frame".formatted(in.readableBytes()));
		}
		if (frame.endIndex() != in.writerIndex()) {
			throw new FrameException("Datagram of %d bytes holds a frame of %d bytes".formatted(in.readableBytes(),
					frame.endIndex() - in.readerIndex()));
		}
	}

	/**
	 * Begins a frame by leaving room for its header. The payload is then written to the
	 * same buffer.
	 * @param out where the frame starts, at its writer index
	 */
	void begin(ByteBuf out);

	/**
	 * Ends a frame: fills in the header, or appends the trailer.
	 * @param out the buffer, its payload complete
	 * @param start writer index at the time of {@link #begin}
	 * @param type the message type identifier, ignored if the framing carries none
	 * @throws FrameException if the payload is above the limit, or cannot be carried by
	 * this framing
	 */
	void end(ByteBuf out, int start, int type);

	/** Whether frames carry a message type identifier. */
	default boolean carriesType() {
		return false;
	}

	/** Whether frames keep their boundaries, which bare streams do not. */
	default boolean keepsBoundaries() {
		return true;
	}

}
