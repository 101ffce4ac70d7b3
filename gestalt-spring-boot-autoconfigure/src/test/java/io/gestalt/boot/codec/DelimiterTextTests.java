package io.gestalt.boot.codec;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DelimiterTextTests {

	@Test
	void readsTextWithAndWithoutEscapes() {
		assertThat(DelimiterText.parse("\r\n")).containsExactly(0x0d, 0x0a);
		assertThat(DelimiterText.parse("\\r\\n")).containsExactly(0x0d, 0x0a);
		assertThat(DelimiterText.parse("\\3")).containsExactly(3);
		assertThat(DelimiterText.parse("§")).containsExactly(0xc2, 0xa7);
	}

	@Test
	void readsHexadecimal() {
		assertThat(DelimiterText.parse("0x0D0a")).containsExactly(0x0d, 0x0a);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0x", "0x0", "0xzz", "\\q", "\\" })
	void refusesWhatIsNeither(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> DelimiterText.parse(text));
	}

}
