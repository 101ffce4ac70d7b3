package io.gestalt.message;

import java.util.Locale;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/** Finds the word that was meant. */
public final class Spelling {

	/** Peers choose words too: no time is spent on longer ones. */
	private static final int MAX_LENGTH = 64;

	private Spelling() {
	}

	/**
	 * Finds the known word that differs least from another, in any case of letters.
	 * @param word what was written
	 * @param known the words that exist
	 * @param tolerance in how many letters a known word may differ, negative for never
	 * @return the first of the nearest words, {@code null} if none is within its
	 * tolerance or the word is longer than 64 letters
	 */
	public static @Nullable String closest(String word, Iterable<String> known, ToIntFunction<String> tolerance) {
		if (word.length() > MAX_LENGTH) {
			return null;
		}
		String closest = null;
		int best = Integer.MAX_VALUE;
		for (String candidate : known) {
			int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
			if (distance < best && distance <= tolerance.applyAsInt(candidate)) {
				best = distance;
				closest = candidate;
			}
		}
		return closest;
	}

	/** How many letters to add, drop or change (V. Levenshtein, 1965). */
	private static int distance(String left, String right) {
		int[] row = new int[right.length() + 1];
		for (int column = 0; column < row.length; column++) {
			row[column] = column;
		}
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int column = 1; column < row.length; column++) {
				int substitution = diagonal + ((left.charAt(i - 1) == right.charAt(column - 1)) ? 0 : 1);
				diagonal = row[column];
				row[column] = Math.min(substitution, Math.min(row[column], row[column - 1]) + 1);
			}
		}
		return row[right.length()];
	}

}
