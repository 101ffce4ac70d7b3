package io.gestalt.boot.codec;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads a delimiter as users write it. */
final class DelimiterText {

	private static final String HEX = "0x";

	private DelimiterText() {
	}

	/**
	 * Reads a delimiter.
	 * @param text text with Java's escapes, taken as UTF-8, or hexadecimal after
	 * {@code 0x}
	 * @throws IllegalArgumentException if it is neither
	 */
	static byte[] parse(String text) {
		byte[] bytes = text.startsWith(HEX) ? HexFormat.of().parseHex(text, HEX.length(), text.length())
				: text.translateEscapes().getBytes(StandardCharsets.UTF_8);
		if (bytes.length == 0) {
			throw new IllegalArgumentException("a delimiter has at least one byte");
		}
		return bytes;
	}

}
