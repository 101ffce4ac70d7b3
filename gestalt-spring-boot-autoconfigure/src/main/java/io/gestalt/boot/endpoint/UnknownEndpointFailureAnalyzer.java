package io.gestalt.boot.endpoint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Suggests the endpoint that was probably meant. */
final class UnknownEndpointFailureAnalyzer extends AbstractFailureAnalyzer<UnknownEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownEndpointException cause) {
		String use = "Endpoint '%s' is used%s, but ".formatted(cause.endpoint(),
				(cause.place() != null) ? " by '%s'".formatted(cause.place()) : "");
		String description = use + (cause.known().isEmpty() ? "no endpoint is configured."
				: "not configured. Configured are %s.".formatted(cause.known()));
		String configure = "configure it, for example with 'gestalt.tcp.server.%s.port' or ".formatted(cause.endpoint())
				+ "'gestalt.tcp.client.%s.target'.".formatted(cause.endpoint());
		Optional<String> similar = closest(cause.endpoint(), cause.known());
		String action = similar.map((name) -> "Did you mean '%s'? Else %s".formatted(name, configure))
			.orElse("C" + configure.substring(1));
		return new FailureAnalysis(description, action, cause);
	}

	private static Optional<String> closest(String wanted, List<String> known) {
		int best = Math.max(2, wanted.length() / 3) + 1;
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
