package io.gestalt.codec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the grammar of content types (RFC 9110, sections 5.6.2, 5.6.4 and 8.3.1). */
final class MediaTypeParser {

	private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

	private final String text;

	private int position;

	MediaTypeParser(String text) {
		this.text = text;
	}

	static boolean isTokenCharacter(int c) {
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
				|| TOKEN_PUNCTUATION.indexOf(c) >= 0;
	}

	MediaType parse() {
		skipSpace();
		String type = token();
		expect('/');
		String subtype = token();
		Map<String, String> parameters = new LinkedHashMap<>();
		skipSpace();
		while (this.position < this.text.length()) {
			expect(';');
			skipSpace();
			if (this.position < this.text.length() && peek() != ';') {
				parameter(parameters);
			}
			skipSpace();
		}
		return new MediaType(type, subtype, parameters);
	}

	private void parameter(Map<String, String> parameters) {
		String name = token().toLowerCase(Locale.ROOT);
		expect('=');
		String value = (peek() == '"') ? quotedString() : token();
		if (parameters.putIfAbsent(name, value) != null) {
			throw bad("parameter '%s' is there twice".formatted(name));
		}
	}

	private String token() {
		int start = this.position;
		while (isTokenCharacter(peek())) {
			this.position++;
		}
		if (start == this.position) {
			throw bad("a word is expected at position " + start);
		}
		return this.text.substring(start, this.position);
	}

	private String quotedString() {
		StringBuilder value = new StringBuilder();
		expect('"');
		while (peek() != '"') {
			if (peek() == '\\') {
				this.position++;
			}
			if (peek() < 0) {
				throw bad("the quoted string does not end");
			}
			value.append(this.text.charAt(this.position++));
		}
		expect('"');
		return value.toString();
	}

	private void expect(char c) {
		if (peek() != c) {
			throw bad("'%s' is expected at position %d".formatted(c, this.position));
		}
		this.position++;
	}

	private int peek() {
		return (this.position < this.text.length()) ? this.text.charAt(this.position) : -1;
	}

	private void skipSpace() {
		while (peek() == ' ' || peek() == '\t') {
			this.position++;
		}
	}

	private IllegalArgumentException bad(String reason) {
		return new IllegalArgumentException("'%s' is not a content type: %s".formatted(this.text, reason));
	}

}
