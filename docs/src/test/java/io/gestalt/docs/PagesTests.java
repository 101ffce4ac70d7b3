package io.gestalt.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the pages to what is really there. */
class PagesTests {

	private static final Path ROOT = root();

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)(?:#[^)]*)?\\)");

	private static final Pattern SNIPPET = Pattern.compile("<!-- from ([^ ]+) -->\\s*```[a-z]*\\n(.*?)```",
			Pattern.DOTALL);

	private static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return Files.isDirectory(here.resolve("docs")) ? here : here.getParent();
	}

	static Stream<Path> pages() throws IOException {
		Stream<Path> top = Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md")
			.map(ROOT::resolve);
		try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
			return Stream.concat(top, files.filter((file) -> file.toString().endsWith(".md")).toList().stream());
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsSomewhere(Path page) {
		Matcher link = LINK.matcher(text(page));
		while (link.find()) {
			assertThat(page.getParent().resolve(link.group(1))).as("link in %s", page.getFileName()).exists();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everySnippetStandsInTheFileThatItNames(Path page) {
		Matcher snippet = SNIPPET.matcher(text(page));
		while (snippet.find()) {
			String source = normalized(text(ROOT.resolve(snippet.group(1))));
			assertThat(source).as("snippet in %s", page.getFileName()).contains(normalized(snippet.group(2)));
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void noCodeStandsThereThatIsNotCompiled(Path page) {
		String text = SNIPPET.matcher(text(page)).replaceAll("");
		assertThat(text).as("Code in %s that names no file", page.getFileName()).doesNotContain("```java", "```kotlin");
	}

	private static String normalized(String code) {
		List<String> lines = code.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
		return String.join("\n", lines);
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
