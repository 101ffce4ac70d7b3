package io.gestalt.codec.compressor;

import java.util.Locale;
import java.util.Set;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.MissingLibraryException;
import io.netty.buffer.ByteBuf;

/** The Brotli format (RFC 7932), whose window is 16 MiB at the most. */
public final class BrotliCompressor implements Compressor {

	private static final String NAME = "brotli";

	/** Compresses nearly as well as the highest one does, in a hundredth of the time. */
	private static final int QUALITY = 4;

	/**
	 * Creates the compressor.
	 * @throws MissingLibraryException if there is no native library for this platform
	 */
	public BrotliCompressor() {
		if (!Brotli4jLoader.isAvailable()) {
			throw new MissingLibraryException(NAME, "com.aayushatharva.brotli4j:native-" + platform(),
					Brotli4jLoader.getUnavailabilityCause());
		}
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String label() {
		return "applications/x-brotli";
	}

	@Override
	public Set<String> aliases() {
		return Set.of("application/x-brotli", "application/brotli", "br");
	}

	@Override
	public void compress(ByteBuf in, ByteBuf out) {
		Encoder.Parameters parameters = new Encoder.Parameters().setQuality(QUALITY);
		CompressionStreams.compress(NAME, in, out, (target) -> new BrotliOutputStream(target, parameters));
	}

	@Override
	public void decompress(ByteBuf in, ByteBuf out, int maxSize) {
		CompressionStreams.decompress(NAME, in, out, maxSize, BrotliInputStream::new);
	}

	private static String platform() {
		String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		String processor = System.getProperty("os.arch", "").replace("amd64", "x86_64");
		if (system.startsWith("mac")) {
			return "osx-" + processor;
		}
		return (system.startsWith("windows") ? "windows-" : "linux-") + processor;
	}

}
