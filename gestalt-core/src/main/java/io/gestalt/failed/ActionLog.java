package io.gestalt.failed;

import java.util.Locale;
import java.util.function.Consumer;

import io.gestalt.failed.FailedMessageEvent.Action;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what somebody does with failed messages: the observer all of it, the log what
 * changes something.
 *
 * @param actor in whose name it is done
 * @param observer is told; must not throw
 */
record ActionLog(String actor, Consumer<FailedMessageEvent> observer) {

	private static final Logger logger = LoggerFactory.getLogger(FailedMessages.class);

	ActionLog of(String other) {
		return new ActionLog(other, this.observer);
	}

	void tell(Action action, @Nullable Long id, @Nullable String endpoint, @Nullable Throwable failure) {
		FailedMessageEvent event = new FailedMessageEvent(this.actor, action, id, endpoint, failure);
		if (action != Action.LIST && action != Action.SHOW) {
			String whose = (endpoint != null) ? " of endpoint '%s'".formatted(endpoint) : "";
			logger.info("Failed message {}{}: {} by '{}' {}", id, whose, action.name().toLowerCase(Locale.ROOT),
					this.actor, (failure == null) ? "succeeded" : "failed: " + failure.getMessage());
		}
		try {
			this.observer.accept(event);
		}
		catch (RuntimeException ex) {
			logger.warn("An observer failed on {}", event, ex);
		}
	}

}
