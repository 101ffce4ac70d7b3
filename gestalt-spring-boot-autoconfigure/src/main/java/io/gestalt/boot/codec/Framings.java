package io.gestalt.boot.codec;

import java.nio.ByteOrder;
import java.util.Arrays;

import io.gestalt.boot.properties.FramingProperties;
import io.gestalt.boot.properties.FramingProperties.Endianness;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.support.Words;
import io.gestalt.frame.DelimitedFrameCodec;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.frame.LineFrameCodec;
import io.gestalt.frame.MessageTypeFrameCodec;
import io.gestalt.frame.NetstringFrameCodec;
import io.gestalt.frame.StreamFrameCodec;

import org.springframework.util.unit.DataSize;

/** Creates the built-in framings. */
final class Framings {

	private static final byte[] LF = { '\n' };

	private static final byte[] CRLF = { '\r', '\n' };

	private final PropertyLayers properties;

	Framings(PropertyLayers properties) {
		this.properties = properties;
	}

	FrameCodec create() {
		FramingProperties.Type type = this.properties.get((from) -> from.framing().type());
		rejectIdleDelimiter(type);
		int limit = limit();
		return switch (type) {
			case STREAM -> new StreamFrameCodec(limit);
			case LINE -> new LineFrameCodec(limit, writesCarriageReturn());
			case DELIMITED -> delimited(limit);
			case NETSTRING -> new NetstringFrameCodec(limit);
			case LENGTH_PREFIXED -> lengthPrefixed(limit);
			case MESSAGE_TYPE -> new MessageTypeFrameCodec(byteOrder(), limit);
		};
	}

	private void rejectIdleDelimiter(FramingProperties.Type type) {
		boolean used = type == FramingProperties.Type.LINE || type == FramingProperties.Type.DELIMITED;
		if (!used && this.properties.own().framing().delimiter() != null) {
			throw this.properties.invalid("framing.delimiter", (from) -> from.framing().delimiter(),
					"the framing is '%s', which has no delimiter".formatted(Words.constant(type)),
					"Set '%s.framing.type' to 'delimited' or 'line', or remove the delimiter."
						.formatted(this.properties.prefix()));
		}
	}

	private int limit() {
		return (int) this.properties
			.get("limits.max-frame-size", (from) -> from.limits().maxFrameSize(), Framings::fitsAnArray,
					"it is not between 1 byte and 2 GB", "Set a size in between, such as '1MB'.")
			.toBytes();
	}

	static boolean fitsAnArray(DataSize size) {
		return size.toBytes() >= 1 && size.toBytes() <= Integer.MAX_VALUE;
	}

	private boolean writesCarriageReturn() {
		if (this.properties.find((from) -> from.framing().delimiter()) == null) {
			return false;
		}
		byte[] delimiter = delimiter();
		if (!Arrays.equals(delimiter, LF) && !Arrays.equals(delimiter, CRLF)) {
			throw this.properties.invalid("framing.delimiter", (from) -> from.framing().delimiter(),
					"a line ends with \\n or \\r\\n",
					"Set '%s.framing.type' to 'delimited' to end messages with ".formatted(this.properties.prefix())
							+ "other bytes.");
		}
		return delimiter.length == CRLF.length;
	}

	private FrameCodec delimited(int limit) {
		if (this.properties.find((from) -> from.framing().delimiter()) == null) {
			throw this.properties.invalid("framing.delimiter", (from) -> from.framing().delimiter(),
					"the framing is 'delimited', by which bytes is not said",
					"Set it to what ends a message, such as \"\\r\\n\" or 0x03.");
		}
		byte[] delimiter = delimiter();
		return this.properties.build("framing.delimiter", (from) -> from.framing().delimiter(),
				() -> new DelimitedFrameCodec(delimiter, limit), "Set a delimiter of 1 to 64 bytes.");
	}

	private byte[] delimiter() {
		String text = this.properties.get((from) -> from.framing().delimiter());
		return this.properties.build("framing.delimiter", (from) -> from.framing().delimiter(),
				() -> DelimiterText.parse(text),
				"Write text with Java's escapes, such as \"\\r\\n\", or hexadecimal, such as 0x0d0a.");
	}

	private FrameCodec lengthPrefixed(int limit) {
		int width = this.properties.get((from) -> from.framing().lengthFieldLength());
		boolean inclusive = this.properties.get((from) -> from.framing().lengthIncludesHeader());
		return this.properties.build("framing.length-field-length", (from) -> from.framing().lengthFieldLength(),
				() -> new LengthPrefixedFrameCodec(width, byteOrder(), inclusive, limit), "Set it to 1, 2 or 4.");
	}

	private ByteOrder byteOrder() {
		Endianness order = this.properties.get((from) -> from.framing().byteOrder());
		return (order == Endianness.LITTLE_ENDIAN) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
	}

}
