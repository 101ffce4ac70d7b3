package io.gestalt.endpoint;

import java.util.function.IntFunction;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.transport.OutboundQueue;
import io.gestalt.transport.Ticket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Encodes messages and queues them. Each thread encodes into one buffer of its own, from
 * which the queue copies: a small copy is cheaper than a buffer of its own for each
 * message.
 *
 * @param frameCodec wraps payloads
 * @param payloadCodec encodes values
 */
record FrameEncoder(FrameCodec frameCodec, PayloadCodec payloadCodec) {

	private static final int MAX_DATAGRAM = 65_507;

	private static final int KEPT = 64 * 1024;

	private static final FastThreadLocal<Scratch> SCRATCH = new FastThreadLocal<>() {

		@Override
		protected Scratch initialValue() {
			return new Scratch();
		}

	};

	void send(OutboundQueue queue, @Nullable Object payload, @Nullable Ticket ticket) {
		Scratch scratch = SCRATCH.get();
		ByteBuf buffer = scratch.acquire();
		try {
			encode(payload, buffer);
			queue.offer(buffer, ticket, !Schedulers.isInNonBlockingThread());
		}
		finally {
			scratch.release(buffer);
		}
	}

	void sendDatagram(OutboundQueue queue, @Nullable Object payload, IntFunction<Ticket> ticket) {
		Scratch scratch = SCRATCH.get();
		ByteBuf buffer = scratch.acquire();
		try {
			encode(payload, buffer);
			int size = buffer.readableBytes();
			if (size == 0) {
				throw new FrameException("An empty message cannot be sent as a datagram without a header");
			}
			if (size > MAX_DATAGRAM) {
				throw new FrameException(
						"Datagram of %d bytes exceeds the limit of %d bytes of UDP".formatted(size, MAX_DATAGRAM));
			}
			queue.offer(buffer, ticket.apply(size), !Schedulers.isInNonBlockingThread());
		}
		finally {
			scratch.release(buffer);
		}
	}

	/** Appends a value as a frame. */
	void encode(@Nullable Object payload, ByteBuf out) {
		int start = out.writerIndex();
		int type = this.payloadCodec.typeOf(payload);
		this.frameCodec.begin(out);
		this.payloadCodec.encode(payload, type, out);
		this.frameCodec.end(out, start, type);
	}

	private static final class Scratch {

		private @Nullable ByteBuf free = Unpooled.buffer(512);

		ByteBuf acquire() {
			ByteBuf buffer = this.free;
			this.free = null;
			return (buffer != null) ? buffer.clear() : Unpooled.buffer(512);
		}

		void release(ByteBuf buffer) {
			this.free = (buffer.capacity() <= KEPT) ? buffer : null;
		}

	}

}
