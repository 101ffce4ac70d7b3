package io.gestalt.amqp.content;

import java.util.Set;

import io.gestalt.codec.MediaType;

/** Which formats are text, and so have a character encoding. */
final class TextFormats {

	private static final Set<String> TEXT = Set.of("json", "yaml", "xml");

	private TextFormats() {
	}

	static boolean isText(MediaType type) {
		return type.type().equals("text") || TEXT.contains(type.subtype());
	}

}
