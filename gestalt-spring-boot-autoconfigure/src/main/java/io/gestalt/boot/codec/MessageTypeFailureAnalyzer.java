package io.gestalt.boot.codec;

import io.gestalt.message.MessageTypeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains message type identifiers that collide. */
final class MessageTypeFailureAnalyzer extends AbstractFailureAnalyzer<MessageTypeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MessageTypeException cause) {
		return new FailureAnalysis("%s.".formatted(cause.getMessage()),
				"Give each class one identifier of its own: look at the properties under 'gestalt.types' and at the "
						+ "@MessageType annotations.",
				cause);
	}

}
