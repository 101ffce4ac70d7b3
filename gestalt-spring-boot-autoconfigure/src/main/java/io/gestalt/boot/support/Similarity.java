package io.gestalt.boot.support;

import java.util.Collection;
import java.util.Optional;

import io.gestalt.message.Spelling;

/** Finds the word that was probably meant by one that nobody knows. */
public final class Similarity {

	private static final int LETTERS_PER_SLIP = 4;

	private Similarity() {
	}

	/**
	 * The known word from which the wanted one differs least.
	 * @return empty if they all differ by more than one slip, or one in four letters
	 */
	public static Optional<String> closest(String wanted, Collection<String> known) {
		int tolerance = Math.max(1, wanted.length() / LETTERS_PER_SLIP);
		return Optional.ofNullable(Spelling.closest(wanted, known, (candidate) -> tolerance));
	}

}
