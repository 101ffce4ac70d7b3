package io.gestalt.boot.timing;

import java.util.Map;

import io.gestalt.boot.observation.GestaltObservation;
import io.gestalt.boot.support.Words;
import io.gestalt.boot.timing.MessageTimers.Timed;
import io.gestalt.observation.MessageObservation;
import io.gestalt.observation.MessageObserver;
import org.jspecify.annotations.Nullable;

/** Times what is sent and asked. */
final class TimingObserver implements MessageObserver {

	private final MessageTimers timers;

	TimingObserver(MessageTimers timers) {
		this.timers = timers;
	}

	@Override
	public MessageObservation begin(Kind kind, String endpoint, @Nullable Object payload,
			@Nullable Map<String, @Nullable Object> headers) {
		Timed timed = new Timed((kind == Kind.REQUEST) ? GestaltObservation.REQUEST : GestaltObservation.SEND, endpoint,
				Words.payloadType(payload));
		long begin = System.nanoTime();
		return (failure) -> this.timers.record(timed, this.timers.success(timed), begin, failure);
	}

}
