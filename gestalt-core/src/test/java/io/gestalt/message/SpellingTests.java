package io.gestalt.message;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpellingTests {

	private static final List<String> KNOWN = List.of("orders", "Rates", "gz");

	@Test
	void findsTheNearestWordInAnyCase() {
		assertThat(Spelling.closest("ordres", KNOWN, (word) -> 2)).isEqualTo("orders");
		assertThat(Spelling.closest("RATE", KNOWN, (word) -> 2)).isEqualTo("Rates");
		assertThat(Spelling.closest("orders", KNOWN, (word) -> 0)).isEqualTo("orders");
	}

	@Test
	void findsNothingBeyondTheToleranceOfAWord() {
		assertThat(Spelling.closest("ordering", KNOWN, (word) -> 2)).isNull();
		assertThat(Spelling.closest("xy", KNOWN, (word) -> word.length() - 2)).isNull();
		assertThat(Spelling.closest("gz", KNOWN, (word) -> -1)).isNull();
		assertThat(Spelling.closest("x".repeat(65), List.of("x".repeat(65)), (word) -> 2)).isNull();
	}

}
