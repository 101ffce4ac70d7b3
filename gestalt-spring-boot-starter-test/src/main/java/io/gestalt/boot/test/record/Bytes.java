package io.gestalt.boot.test.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes for people to read. */
final class Bytes {

	private static final int LONGEST = 200;

	private Bytes() {
	}

	/** Text in quotes if it is some, else hexadecimal. */
	static String show(byte[] bytes) {
		String text = text(bytes);
		return (text.length() <= LONGEST) ? text
				: "%s... (%d bytes)".formatted(text.substring(0, LONGEST), bytes.length);
	}

	private static String text(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			if (text.chars().noneMatch((letter) -> letter < ' ' && !Character.isWhitespace(letter))) {
				return "'" + text + "'";
			}
		}
		catch (CharacterCodingException ex) {
			// then it is no text
		}
		return "0x" + HexFormat.of().formatHex(bytes);
	}

}
