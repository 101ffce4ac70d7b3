package io.gestalt.boot.timing;

import java.lang.reflect.Type;

import io.gestalt.boot.annotation.call.HandlerCustomizer;
import io.gestalt.boot.observation.GestaltObservation;
import io.gestalt.boot.support.Words;
import io.gestalt.boot.timing.MessageTimers.Timed;
import io.gestalt.message.MessageHandler;
import org.jspecify.annotations.Nullable;

/** Has the handlers of all listeners timed. */
final class TimingCustomizer implements HandlerCustomizer {

	private final MessageTimers timers;

	TimingCustomizer(MessageTimers timers) {
		this.timers = timers;
	}

	@Override
	public MessageHandler<@Nullable Object> customize(String endpoint, Type payloadType,
			MessageHandler<@Nullable Object> handler) {
		return new TimedHandler(handler, this.timers,
				new Timed(GestaltObservation.RECEIVE, endpoint, Words.type(payloadType)));
	}

}
