package io.gestalt.boot.properties;

import org.jspecify.annotations.Nullable;

/**
 * Where a message begins and ends.
 *
 * @param type how messages are told apart (default length-prefixed, for UDP stream: a
 * datagram is a message)
 * @param byteOrder byte order of lengths and message types (default big-endian)
 * @param lengthFieldLength width of the length in bytes: 1, 2 or 4 (default 4)
 * @param lengthIncludesHeader whether the length counts itself too (default false)
 * @param delimiter the bytes that end a message of the types delimited and line: text
 * with Java's escapes, or hexadecimal such as 0x0d0a
 * @param codec name of a FrameCodec bean to use in place of a type
 */
public record FramingProperties(@Nullable Type type, @Nullable Endianness byteOrder,
		@Nullable Integer lengthFieldLength, @Nullable Boolean lengthIncludesHeader, @Nullable String delimiter,
		@Nullable String codec) {

	static final FramingProperties UNSET = new FramingProperties(null, null, null, null, null, null);

	static final FramingProperties BUILT_IN = new FramingProperties(Type.LENGTH_PREFIXED, Endianness.BIG_ENDIAN, 4,
			false, null, null);

	FramingProperties type(Type newType) {
		return new FramingProperties(newType, this.byteOrder, this.lengthFieldLength, this.lengthIncludesHeader,
				this.delimiter, this.codec);
	}

	/** The framings that come with Gestalt. */
	public enum Type {

		/** None: bytes as they arrive. */
		STREAM,
		/** A line feed ends a message. */
		LINE,
		/** Agreed bytes end a message. */
		DELIMITED,
		/** Bernstein's {@code 5:hello,}. */
		NETSTRING,
		/** A length comes first. */
		LENGTH_PREFIXED,
		/** A length and a message type identifier come first. */
		MESSAGE_TYPE

	}

	/** Which byte of a number comes first. */
	public enum Endianness {

		/** The most significant byte. */
		BIG_ENDIAN,
		/** The least significant byte. */
		LITTLE_ENDIAN

	}

}
