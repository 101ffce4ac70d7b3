package io.gestalt.codec;

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
		type = type.toLowerCase(Locale.ROOT);
		subtype = subtype.toLowerCase(Locale.ROOT);
		Map<String, String> lowerCase = new TreeMap<>();
		parameters.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
		parameters = Map.copyOf(lowerCase);
	}

	public MediaType(String type, String subtype) {
		this(type, subtype, Map.of());
	}

	/** Type and subtype without parameters, as they go on the wire. */
	public String essence() {
		return this.type + "/" + this.subtype;
	}

}
