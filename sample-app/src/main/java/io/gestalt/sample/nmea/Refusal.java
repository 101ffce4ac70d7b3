package io.gestalt.sample.nmea;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a sentence that could not be used.
 *
 * <pre>
 * $PGFLT,ERR,CHECKSUM,Checksum of 'GPRMC' is '6B': expected '6A'*hh
 * </pre>
 *
 * Characters with a meaning of their own are written as the standard has it: a caret and
 * two hex digits. A text too long for a sentence loses its end.
 *
 * @param reason one word
 * @param text for a human
 */
public record Refusal(String reason, String text) implements NmeaMessage {

	static final String KEY = "ERR";

	private static final Pattern RESERVED = Pattern.compile("[$*,!\\\\^~]|[^\\x20-\\x7E]");

	private static final Pattern ESCAPED = Pattern.compile("\\^([0-9A-Fa-f]{2})");

	private static final Pattern CUT_ESCAPE = Pattern.compile("\\^.?$");

	private static final int ROOM = Sentence.MAX_LENGTH - "$PGFLT,ERR,,*hh\r\n".length();

	static Refusal read(Sentence sentence) {
		FieldReader in = new FieldReader(sentence).atLeast(3);
		String text = ESCAPED.matcher(in.text(3))
			.replaceAll(
					(match) -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
		return new Refusal(in.text(2), text);
	}

	Sentence write() {
		String escaped = RESERVED.matcher(this.text)
			.replaceAll((match) -> String.format(Locale.ROOT, "^%02X", match.group().charAt(0) & 0xFF));
		int room = Math.max(0, ROOM - this.reason.length());
		String fitting = (escaped.length() <= room) ? escaped
				: CUT_ESCAPE.matcher(escaped.substring(0, room)).replaceAll("");
		return new Sentence(NmeaCodec.PROPRIETARY, List.of(KEY, this.reason, fitting));
	}

}
