package io.gestalt.harness;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

import io.gestalt.frame.DelimitedFrameCodec;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.frame.LineFrameCodec;
import io.gestalt.frame.MessageTypeFrameCodec;
import io.gestalt.frame.NetstringFrameCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The framings that keep boundaries, and the frames of a peer that speaks them. */
public enum Framing {

	LENGTH_PREFIXED((max) -> new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, max)),

	HEADER_INCLUDED((max) -> new LengthPrefixedFrameCodec(4, ByteOrder.LITTLE_ENDIAN, true, max)),

	MESSAGE_TYPE((max) -> new MessageTypeFrameCodec(ByteOrder.BIG_ENDIAN, max)),

	NETSTRING(NetstringFrameCodec::new),

	LINE(LineFrameCodec::new),

	DELIMITED((max) -> new DelimitedFrameCodec("<end>".getBytes(StandardCharsets.US_ASCII), max));

	@SuppressWarnings("ImmutableEnumChecker") // the codecs' factories hold no state
	private final IntFunction<FrameCodec> codec;

	Framing(IntFunction<FrameCodec> codec) {
		this.codec = codec;
	}

	public FrameCodec codec(int maxFrameSize) {
		return this.codec.apply(maxFrameSize);
	}

	public byte[] frame(String payload) {
		ByteBuf buffer = Unpooled.buffer();
		FrameCodec framing = codec(Math.max(1, payload.length()));
		framing.begin(buffer);
		buffer.writeCharSequence(payload, StandardCharsets.UTF_8);
		framing.end(buffer, 0, 0);
		return ByteBufUtil.getBytes(buffer);
	}

}
