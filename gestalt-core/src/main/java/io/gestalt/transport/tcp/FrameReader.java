package io.gestalt.transport.tcp;

import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.transport.Receiver;
import io.netty.buffer.ByteBuf;

/** Cuts what arrives on a connection into frames; used on its event loop only. */
final class FrameReader {

	private final FrameCodec frameCodec;

	private final Counters counters;

	private final InboundBuffer inbound = new InboundBuffer();

	private final Frame frame = new Frame();

	private boolean reading;

	private boolean stopped;

	private boolean incomplete;

	FrameReader(FrameCodec frameCodec, Counters counters) {
		this.frameCodec = frameCodec;
		this.counters = counters;
	}

	void add(ByteBuf arrived) {
		this.inbound.add(arrived);
	}

	/**
	 * Passes on whole frames as long as the receiver has room for them.
	 * @return whether it has room for more
	 * @throws io.gestalt.frame.FrameException if what arrived is no frame
	 */
	boolean pass(Receiver to) {
		this.reading = true;
		try {
			return passFrames(to);
		}
		finally {
			this.reading = false;
			this.inbound.compact();
		}
	}

	private boolean passFrames(Receiver to) {
		ByteBuf in = this.inbound.bytes();
		int frames = 0;
		long bytes = 0;
		try {
			while (!this.stopped && in.isReadable()) {
				if (!to.ready()) {
					this.incomplete = false;
					return false;
				}
				this.incomplete = !this.frameCodec.read(in, this.frame);
				if (this.incomplete) {
					break;
				}
				frames++;
				bytes += this.frame.endIndex() - in.readerIndex();
				passFrame(to, in);
			}
			return true;
		}
		finally {
			this.counters.add(Counter.RECEIVED, frames);
			this.counters.add(Counter.RECEIVED_BYTES, bytes);
		}
	}

	private void passFrame(Receiver to, ByteBuf in) {
		int writerIndex = in.writerIndex();
		int endIndex = this.frame.endIndex();
		int start = this.frame.payloadIndex();
		in.setIndex(start, start + this.frame.payloadLength());
		try {
			to.received(this.frame.type(), in);
		}
		finally {
			in.setIndex(endIndex, writerIndex);
		}
	}

	/** Whether frames are being passed on at this moment. */
	boolean reading() {
		return this.reading;
	}

	/** Passes nothing more on. */
	void stop() {
		this.stopped = true;
	}

	/** Whether no whole frame waits. */
	boolean drained() {
		return this.incomplete || this.inbound.isEmpty();
	}

	void release() {
		this.inbound.release();
	}

}
