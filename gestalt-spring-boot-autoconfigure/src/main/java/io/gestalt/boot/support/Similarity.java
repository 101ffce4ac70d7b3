package io.gestalt.boot.support;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

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
		int best = Math.max(1, wanted.length() / LETTERS_PER_SLIP) + 1;
		String closest = null;
		for (String candidate : known) {
			int distance = distance(wanted.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
			if (distance < best) {
				best = distance;
				closest = candidate;
			}
		}
		return Optional.ofNullable(closest);
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
