package io.gestalt.boot.failed;

import io.gestalt.failed.store.StoreException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where else failed messages could be kept. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
		return new FailureAnalysis("%s.".formatted(cause.getMessage()),
				"Set 'gestalt.failed-messages.file' to a file of this application alone that it may write, or "
						+ "'gestalt.failed-messages.store' to 'memory'.",
				cause);
	}

}
