package io.gestalt.benchmarks.workload;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** How payloads are framed between client and server. */
public enum Wire {

	/**
	 * A length before each payload, requests and replies alike.
	 *
	 * <pre>
	 * 0        4
	 * +--------+---------+
	 * | length | payload |   length: u32, big-endian
	 * +--------+---------+
	 * </pre>
	 */
	LENGTH_PREFIXED("length-prefixed") {

		@Override
		byte[] opening(Workload workload) {
			return new byte[0];
		}

		@Override
		byte[] request(Workload workload) {
			return reply(workload);
		}

		@Override
		byte[] reply(Workload workload) {
			return array(Unpooled.buffer().writeInt(workload.size()));
		}

	},

	/**
	 * RSocket 1.0 over TCP, the route in composite metadata as Spring's requester sends
	 * it. See the protocol's "Framing Format" and its extensions "Composite Metadata" and
	 * "Routing Metadata".
	 *
	 * <pre>
	 * 0        3           7              9
	 * +--------+-----------+--------------+-----------------+----------+---------+
	 * | length | stream id | type, flags  | metadata length | metadata | payload |   request
	 * +--------+-----------+--------------+-----------------+----------+---------+
	 * | length | stream id | type, flags  | payload |                                reply
	 * +--------+-----------+--------------+---------+
	 * length: u24, counts what follows it   stream id: u31   type: 6 bits   flags: 10 bits
	 * </pre>
	 */
	RSOCKET("rsocket") {

		@Override
		byte[] opening(Workload workload) {
			ByteBuf setup = Unpooled.buffer().writeInt(0).writeShort(SETUP).writeShort(1).writeShort(0);
			setup.writeInt(Integer.MAX_VALUE).writeInt(Integer.MAX_VALUE);
			text(setup, "message/x.rsocket.composite-metadata.v0");
			text(setup, workload.json() ? "application/json" : "application/octet-stream");
			return array(Unpooled.buffer().writeMedium(setup.readableBytes()).writeBytes(setup));
		}

		@Override
		byte[] request(Workload workload) {
			ByteBuf route = Unpooled.buffer();
			text(route, ROUTE);
			ByteBuf metadata = Unpooled.buffer().writeByte(ROUTING).writeMedium(route.readableBytes());
			metadata.writeBytes(route);
			ByteBuf request = Unpooled.buffer().writeInt(0).writeShort(workload.oneWay() ? FIRE_AND_FORGET : REQUEST);
			request.writeMedium(metadata.readableBytes()).writeBytes(metadata);
			return prefixed(request, workload);
		}

		@Override
		byte[] reply(Workload workload) {
			return prefixed(Unpooled.buffer().writeInt(0).writeShort(NEXT_AND_COMPLETE), workload);
		}

		@Override
		void number(ByteBuf buffer, int start, long sequence) {
			buffer.setInt(start + STREAM_ID, streamId(sequence));
		}

		@Override
		boolean numbered(ByteBuf buffer, int start, long sequence) {
			return buffer.getInt(start + STREAM_ID) == streamId(sequence);
		}

	};

	/** Where an RSocket server handles the messages. */
	public static final String ROUTE = "benchmark";

	private static final int STREAM_ID = 3;

	private static final int SETUP = 0x01 << 10;

	private static final int REQUEST = 0x04 << 10 | 0x100;

	private static final int FIRE_AND_FORGET = 0x05 << 10 | 0x100;

	private static final int NEXT_AND_COMPLETE = 0x0A << 10 | 0x60;

	// A well-known media type, by its number.
	private static final int ROUTING = 0x80 | 0x7E;

	private final String word;

	Wire(String word) {
		this.word = word;
	}

	/**
	 * Finds a wire.
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static Wire named(String name) {
		for (Wire wire : values()) {
			if (wire.word.equals(name)) {
				return wire;
			}
		}
		throw new IllegalArgumentException("No wire '%s'".formatted(name));
	}

	/** The word on command lines. */
	public String word() {
		return this.word;
	}

	/** What a client sends first, once. */
	abstract byte[] opening(Workload workload);

	/** What precedes a payload that is sent. */
	abstract byte[] request(Workload workload);

	/** What precedes a payload that is received. */
	abstract byte[] reply(Workload workload);

	/** Whether each frame has a number of its own, so that none can be sent twice. */
	public boolean numbersFrames() {
		return this == RSOCKET;
	}

	/** Writes the number of a message into the frame that begins at {@code start}. */
	void number(ByteBuf buffer, int start, long sequence) {
	}

	/** Whether the frame that begins at {@code start} bears this number. */
	boolean numbered(ByteBuf buffer, int start, long sequence) {
		return true;
	}

	// A client's streams are odd; after 2^30 messages the first number is free again.
	private static int streamId(long sequence) {
		return (int) (2 * sequence + 1) & Integer.MAX_VALUE;
	}

	private static byte[] prefixed(ByteBuf header, Workload workload) {
		return array(Unpooled.buffer().writeMedium(header.readableBytes() + workload.size()).writeBytes(header));
	}

	private static void text(ByteBuf out, String text) {
		out.writeByte(text.length()).writeCharSequence(text, StandardCharsets.US_ASCII);
	}

	private static byte[] array(ByteBuf buffer) {
		byte[] bytes = new byte[buffer.readableBytes()];
		buffer.readBytes(bytes);
		return bytes;
	}

}
