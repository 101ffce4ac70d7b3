package io.gestalt.boot.client;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what the methods of a client interface may look like. */
final class ClientDeclarationFailureAnalyzer extends AbstractFailureAnalyzer<ClientDeclarationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClientDeclarationException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Let '%s' take one payload or Message at most, beside what is marked as @Header, @Headers or @RoutingKey, "
					.formatted(cause.method())
						+ "and return a value, an Optional, a CompletableFuture, a Mono or void, or make it a default method. A suspend function returns a value or nothing, and needs the "
						+ "libraries kotlin-reflect and kotlinx-coroutines-reactor.",
				cause);
	}

}
