package io.gestalt.test.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.compressor.BrotliCompressor;
import io.gestalt.codec.compressor.Bzip2Compressor;
import io.gestalt.codec.compressor.DeflateCompressor;
import io.gestalt.codec.compressor.GzipCompressor;
import io.gestalt.codec.compressor.Lz4Compressor;
import io.gestalt.codec.compressor.LzmaCompressor;
import io.gestalt.codec.compressor.SnappyCompressor;
import io.gestalt.codec.compressor.ZlibCompressor;
import io.gestalt.codec.compressor.ZstdCompressor;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CompressorsTests {

	@Nested
	class Gzip implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new GzipCompressor();
		}

		@Test
		void readsSeveralMembersAsOnePayload() {
			assertThat(decompress(concatenated(compress(new byte[] { 1, 2 }), compress(new byte[] { 3 })), 3))
				.containsExactly(1, 2, 3);
		}

		@Test
		void countsTheMembersTogether() {
			byte[] members = concatenated(compress(new byte[2]), compress(new byte[2]));
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decompress(members, 3))
				.withMessage("Decompressed payload exceeds the limit of 3 bytes");
		}

		@Test
		void isReadByTheJdkAndReadsWhatTheJdkWrites() throws IOException {
			byte[] plain = "Hello".repeat(100).getBytes(StandardCharsets.UTF_8);
			assertThat(new GZIPInputStream(new ByteArrayInputStream(compress(plain)))).hasBinaryContent(plain);
			ByteArrayOutputStream theirs = new ByteArrayOutputStream();
			try (GZIPOutputStream gzip = new GZIPOutputStream(theirs)) {
				gzip.write(plain);
			}
			assertThat(decompress(theirs.toByteArray(), 1000)).isEqualTo(plain);
		}

		@Test
		void skipsTheOptionalPartsOfAHeader() {
			byte[] bare = compress(new byte[] { 'a' });
			byte[] flagged = bare.clone();
			flagged[3] = 0x1c;
			byte[] header = Arrays.copyOf(flagged, 10);
			byte[] body = Arrays.copyOfRange(flagged, 10, flagged.length);
			byte[] optional = { 2, 0, 9, 9, 'n', 'a', 'm', 'e', 0, 'c', 0 };
			assertThat(decompress(concatenated(concatenated(header, optional), body), 1)).containsExactly('a');
		}

	}

	@Nested
	class Zlib implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new ZlibCompressor();
		}

		@Test
		void refusesAPresetDictionary() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> decompress(ByteBufUtil.decodeHexDump("78bb0000000100"), 10))
				.withMessageContaining("dictionary");
		}

	}

	@Nested
	class Deflate implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new DeflateCompressor();
		}

	}

	@Nested
	class Bzip2 implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new Bzip2Compressor();
		}

	}

	@Nested
	class Lzma implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new LzmaCompressor();
		}

		@Test
		void readsTheOlderFormat() throws IOException {
			byte[] plain = "Hello".repeat(100).getBytes(StandardCharsets.UTF_8);
			for (long size : new long[] { -1, plain.length }) {
				ByteArrayOutputStream legacy = new ByteArrayOutputStream();
				try (LZMAOutputStream stream = new LZMAOutputStream(legacy, new LZMA2Options(), size)) {
					stream.write(plain);
				}
				assertThat(decompress(legacy.toByteArray(), plain.length)).isEqualTo(plain);
				byte[] longer = concatenated(legacy.toByteArray(), new byte[3]);
				assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decompress(longer, 1 << 20));
				assertThatExceptionOfType(CodecException.class)
					.isThrownBy(() -> decompress(legacy.toByteArray(), plain.length - 1))
					.withMessage("Decompressed payload exceeds the limit of %d bytes", plain.length - 1);
			}
		}

		@Test
		void takesNoMemoryForTheDictionaryThatAnOlderHeaderClaims() {
			byte[] header = ByteBufUtil.decodeHexDump("5dffffff7fffffffffffffffff0000000000");
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decompress(header, 1000));
		}

		@Test
		void refusesADictionaryFarAboveTheLimit() throws IOException {
			LZMA2Options options = new LZMA2Options();
			options.setDictSize(12 << 20);
			options.setMode(LZMA2Options.MODE_FAST);
			ByteArrayOutputStream huge = new ByteArrayOutputStream();
			try (XZOutputStream stream = new XZOutputStream(huge, options)) {
				stream.write(1);
			}
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decompress(huge.toByteArray(), 1 << 20))
				.withMessageContaining("KiB of memory would be needed");
		}

	}

	@Nested
	class Snappy implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new SnappyCompressor();
		}

		@Test
		void refusesALengthThatTheBlockCannotHold() {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> decompress(ByteBufUtil.decodeHexDump("80808008" + "00"), 16 << 20))
				.withMessageContaining("Payload is not readable as snappy");
		}

	}

	@Nested
	class Brotli implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new BrotliCompressor();
		}

	}

	@Nested
	class Zstd implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new ZstdCompressor();
		}

		@Test
		void refusesAWindowFarAboveTheLimit() {
			byte[] window128MiB = ByteBufUtil.decodeHexDump("28b52ffd" + "00" + "88" + "010000");
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decompress(window128MiB, 1 << 20))
				.withMessageContaining("memory");
		}

	}

	@Nested
	class Lz4 implements CompressorContract {

		@Override
		public Compressor compressor() {
			return new Lz4Compressor();
		}

	}

	private static byte[] concatenated(byte[] left, byte[] right) {
		byte[] both = Arrays.copyOf(left, left.length + right.length);
		System.arraycopy(right, 0, both, left.length, right.length);
		return both;
	}

}
