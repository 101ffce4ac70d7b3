package io.gestalt.boot.properties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sentences about the components of a record from its source file. */
final class RecordSource {

	private static final Pattern SENTENCE = Pattern.compile("@param (\\w+) (.+?)(?= @|$)");

	private RecordSource() {
	}

	static Map<String, String> sentences(Class<?> record) {
		String type = record.getName().replaceFirst("\\$.*", "");
		Path file = Path.of("src/main/java", type.replace('.', '/') + ".java");
		try {
			String source = Files.readString(file);
			int declaration = source.indexOf("record " + record.getSimpleName() + "(");
			int begin = source.lastIndexOf("/**", declaration);
			String comment = source.substring(begin, source.indexOf("*/", begin));
			Matcher matcher = SENTENCE.matcher(comment.replaceAll("\\s*\\n\\s*\\*\\s*", " ").trim());
			Map<String, String> sentences = new LinkedHashMap<>();
			while (matcher.find()) {
				sentences.put(matcher.group(1), matcher.group(2).trim());
			}
			return sentences;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
