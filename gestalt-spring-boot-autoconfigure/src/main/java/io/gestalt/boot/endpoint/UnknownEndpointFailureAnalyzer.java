package io.gestalt.boot.endpoint;

import java.util.Optional;

import io.gestalt.boot.support.Similarity;

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
		Optional<String> similar = Similarity.closest(cause.endpoint(), cause.known());
		String action = similar.map((name) -> "Did you mean '%s'? Else %s".formatted(name, configure))
			.orElse("C" + configure.substring(1));
		return new FailureAnalysis(description, action, cause);
	}

}
