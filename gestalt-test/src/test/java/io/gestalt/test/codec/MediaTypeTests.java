package io.gestalt.test.codec;

import java.util.Map;

import io.gestalt.codec.MediaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MediaTypeTests {

	@Test
	void readsNamesInAnyCaseAndQuotedValues() {
		MediaType type = MediaType.parse("Application/JSON; Charset=\"utf-8\"");
		assertThat(type).isEqualTo(new MediaType("application", "json", Map.of("charset", "utf-8")));
		assertThat(type.essence()).isEqualTo("application/json");
		assertThat(type).hasToString("application/json; charset=utf-8");
	}

	@Test
	void keepsTheCaseOfValues() {
		assertThat(MediaType.parse("a/b;x=Y ; z=\"q \\\"w\\\" \\\\\";").parameters())
			.isEqualTo(Map.of("x", "Y", "z", "q \"w\" \\"));
	}

	@Test
	void writesWhatItReads() {
		for (String text : new String[] { "text/plain", "a/b; c=d", "a/b; c=\"d e\"", "a/b; c=\"\"; d=\"\\\"\"" }) {
			assertThat(MediaType.parse(text)).hasToString(text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "json", "/json", "text/", "text/plain charset=utf-8", "text/plain; charset",
			"text/plain; charset=", "text/plain; charset=\"utf", "te xt/plain", "text/plain; a=1; A=2",
			"text/plain, a/b", "text/pläin", "a/b; c=\"d\\" })
	void refusesWhatIsNone(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> MediaType.parse(text))
			.withMessageStartingWith("'" + text + "' is not a content type: ");
	}

	@Test
	void refusesPartsThatCouldNotBeReadAgain() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MediaType("a;b", "c"));
	}

}
