package io.gestalt.codec.compressor;

import java.util.Set;
import java.util.zip.CRC32;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Compressor;
import io.netty.buffer.ByteBuf;

/**
 * The gzip format (RFC 1952). Several members in a row make one payload, as the RFC says;
 * the limit counts them together.
 *
 * <pre>
 * 0         2        3       4      8    9    10
 * +---------+--------+-------+------+----+----+----------+---------+------+------+
 * | 1f 8b   | method | flags | time | xf | os | optional | deflate | crc  | size |
 * +---------+--------+-------+------+----+----+----------+---------+------+------+
 *                                              as flagged           u32 LE u32 LE
 * </pre>
 */
public final class GzipCompressor implements Compressor {

	private static final String NAME = "gzip";

	private static final int MAGIC = 0x1f8b;

	private static final int DEFLATE = 8;

	private static final int OS_UNKNOWN = 255;

	private static final int TRAILER_LENGTH = 8;

	private static final int FLAG_CRC = 0x02;

	private static final int FLAG_EXTRA = 0x04;

	private static final int FLAG_NAME = 0x08;

	private static final int FLAG_COMMENT = 0x10;

	private static final int FLAGS_RESERVED = 0xe0;

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "applications/x-gzip";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/gzip", "application/x-gzip", "x-gzip", "gz");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		int size = in.readableBytes();
		int crc = crc(in, in.readerIndex(), size);
		out.writeShort(MAGIC).writeByte(DEFLATE).writeByte(0).writeInt(0).writeByte(0).writeByte(OS_UNKNOWN);
		Deflate.compress(true, in, out);
		out.writeIntLE(crc).writeIntLE(size);
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		int start = out.writerIndex();
		try {
			do {
				header(in);
				member(in, out, maxSize - (out.writerIndex() - start), maxSize);
			}
			while (in.isReadable());
		}
		catch (IndexOutOfBoundsException ex) {
			throw Failures.truncated(NAME);
		}
	}

	private static void member(ByteBuf in, ByteBuf out, int room, int maxSize) {
		int start = out.writerIndex();
		Deflate.decompress(NAME, true, in, out, room, maxSize);
		if (in.readableBytes() < TRAILER_LENGTH) {
			throw Failures.truncated(NAME);
		}
		int size = out.writerIndex() - start;
		if (in.readIntLE() != crc(out, start, size) || in.readIntLE() != size) {
			throw CodecException.unreadable(NAME, "the checksum does not match");
		}
	}

	private static void header(ByteBuf in) {
		int start = in.readerIndex();
		if (in.readUnsignedShort() != MAGIC || in.readUnsignedByte() != DEFLATE) {
			throw CodecException.unreadable(NAME, "a member does not start with 1f8b08");
		}
		int flags = in.readUnsignedByte();
		if ((flags & FLAGS_RESERVED) != 0) {
			throw CodecException.unreadable(NAME,
					"the reserved flags 0x%02x are set".formatted(flags & FLAGS_RESERVED));
		}
		in.skipBytes(6);
		if ((flags & FLAG_EXTRA) != 0) {
			in.skipBytes(in.readUnsignedShortLE());
		}
		if ((flags & FLAG_NAME) != 0) {
			skipText(in);
		}
		if ((flags & FLAG_COMMENT) != 0) {
			skipText(in);
		}
		if ((flags & FLAG_CRC) != 0) {
			int crc = crc(in, start, in.readerIndex() - start) & 0xffff;
			if (in.readUnsignedShortLE() != crc) {
				throw CodecException.unreadable(NAME, "the checksum of the header does not match");
			}
		}
	}

	private static void skipText(ByteBuf in) {
		int length = in.bytesBefore((byte) 0);
		if (length < 0) {
			throw Failures.truncated(NAME);
		}
		in.skipBytes(length + 1);
	}

	private static int crc(ByteBuf bytes, int index, int length) {
		CRC32 crc = new CRC32();
		crc.update(bytes.nioBuffer(index, length));
		return (int) crc.getValue();
	}

}
