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

	/** How many letters to add, drop, change or swap (F. Damerau, 1964). */
	private static int distance(String left, String right) {
		int[][] steps = new int[left.length() + 1][right.length() + 1];
		for (int i = 0; i <= left.length(); i++) {
			for (int j = 0; j <= right.length(); j++) {
				steps[i][j] = (i == 0 || j == 0) ? i + j : next(steps, i, j, left, right);
			}
		}
		return steps[left.length()][right.length()];
	}

	private static int next(int[][] steps, int i, int j, String left, String right) {
		int change = (left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1;
		int best = Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
				&& left.charAt(i - 2) == right.charAt(j - 1);
		return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
	}

}
