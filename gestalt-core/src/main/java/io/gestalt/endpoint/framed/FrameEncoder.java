package io.gestalt.endpoint.framed;

import java.util.function.IntFunction;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.transport.Scratch;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.queue.Ticket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Encodes messages and queues them. Encoding goes into a scratch buffer, from which the
 * queue copies: a small copy is cheaper than a buffer of its own for each message.
 *
 * @param frameCodec wraps payloads
 * @param payloadCodec encodes values
 */
record FrameEncoder(FrameCodec frameCodec, PayloadCodec payloadCodec) {

	private static final int MAX_DATAGRAM = 65_507;

	void send(OutboundQueue queue, @Nullable Object payload, @Nullable Ticket ticket) {
		ByteBuf buffer = Scratch.acquire();
		try {
			encode(payload, buffer);
			queue.offer(buffer, ticket, !Schedulers.isInNonBlockingThread());
		}
		finally {
			Scratch.release(buffer);
		}
	}

	void sendDatagram(OutboundQueue queue, @Nullable Object payload, IntFunction<Ticket> ticket) {
		ByteBuf buffer = Scratch.acquire();
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
			Scratch.release(buffer);
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

}
