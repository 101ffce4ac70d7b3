package io.gestalt.boot.endpoint;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that names are unique over all kinds of endpoints. */
final class DuplicateEndpointFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateEndpointException cause) {
		return new FailureAnalysis("%s.".formatted(cause.getMessage()),
				"Rename one of them: a name stands for one endpoint of the application, whatever its transport and "
						+ "role, because listeners and clients know it by its name alone.",
				cause);
	}

}
