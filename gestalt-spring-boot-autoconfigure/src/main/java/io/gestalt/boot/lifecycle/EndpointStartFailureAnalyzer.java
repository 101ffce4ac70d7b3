package io.gestalt.boot.lifecycle;

import java.net.BindException;
import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why an endpoint could not be opened. */
final class EndpointStartFailureAnalyzer extends AbstractFailureAnalyzer<EndpointStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EndpointStartException cause) {
		Throwable root = cause;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String reason = String.valueOf(root.getMessage());
		String port = (cause.property() != null) ? "'%s.port'".formatted(cause.property()) : "its port";
		if (reason.toLowerCase(Locale.ROOT).contains("in use")) {
			return new FailureAnalysis("%s, because the port is in use.".formatted(cause.getMessage()),
					"Stop what listens there, or set %s to another port (0 picks a free one).".formatted(port), cause);
		}
		String address = (cause.property() != null) ? "'%s.address'".formatted(cause.property()) : "its address";
		String action = (root instanceof BindException || reason.contains("assign"))
				? "Set %s to an address of this machine (0.0.0.0 stands for all), and %s to a port that it may use."
					.formatted(address, port)
				: "Look at the properties under '%s'.".formatted(cause.property());
		return new FailureAnalysis("%s: %s.".formatted(cause.getMessage(), reason), action, cause);
	}

}
