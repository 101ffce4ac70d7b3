package io.gestalt.codec;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A content type: type, subtype and parameters, compared without regard to case (RFC
 * 9110, section 8.3.1).
 *
 * @param type such as {@code application}, in lower case
 * @param subtype such as {@code json}, in lower case
 * @param parameters such as {@code charset} and its value, names in lower case
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {

	public MediaType {
		type = token(type);
		subtype = token(subtype);
		Map<String, String> lowerCase = new TreeMap<>();
		parameters.forEach((name, value) -> lowerCase.put(token(name), value));
		parameters = Collections.unmodifiableMap(lowerCase);
	}

	public MediaType(String type, String subtype) {
		this(type, subtype, Map.of());
	}

	/**
	 * Reads a content type as it stands in a header or a property, such as
	 * {@code text/plain; charset="utf-8"}.
	 * @throws IllegalArgumentException if it is none
	 */
	public static MediaType parse(String text) {
		return new MediaTypeParser(text).parse();
	}

	/** Type and subtype without parameters, as they go on the wire. */
	public String essence() {
		return this.type + "/" + this.subtype;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(essence());
		this.parameters.forEach((name, value) -> text.append("; ").append(name).append('=').append(quoted(value)));
		return text.toString();
	}

	private static String quoted(String value) {
		boolean bare = !value.isEmpty() && value.chars().allMatch(MediaTypeParser::isTokenCharacter);
		return bare ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	private static String token(String text) {
		if (text.isEmpty() || !text.chars().allMatch(MediaTypeParser::isTokenCharacter)) {
			throw new IllegalArgumentException("'%s' cannot be a part of a content type".formatted(text));
		}
		return text.toLowerCase(Locale.ROOT);
	}

}
