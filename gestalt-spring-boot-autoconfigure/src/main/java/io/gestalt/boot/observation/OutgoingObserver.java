package io.gestalt.boot.observation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.gestalt.boot.support.Words;
import io.gestalt.observation.MessageObservation;
import io.gestalt.observation.MessageObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/** Observes what is sent and asked. */
final class OutgoingObserver implements MessageObserver {

	private static final SendConvention STANDARD_SEND = new SendConvention() {
	};

	private static final RequestConvention STANDARD_REQUEST = new RequestConvention() {
	};

	private final ObservationRegistry registry;

	private final @Nullable SendConvention sends;

	private final @Nullable RequestConvention requests;

	OutgoingObserver(ObservationRegistry registry, ObjectProvider<SendConvention> sends,
			ObjectProvider<RequestConvention> requests) {
		this.registry = registry;
		this.sends = sends.getIfAvailable();
		this.requests = requests.getIfAvailable();
	}

	@Override
	public MessageObservation begin(Kind kind, String endpoint, @Nullable Object payload,
			@Nullable Map<String, @Nullable Object> headers) {
		if (this.registry.isNoop()) {
			return MessageObservation.NONE;
		}
		Map<String, @Nullable Object> carrier = (headers != null) ? headers : new HashMap<>();
		String operation = Words.payloadType(payload);
		Observation observation = (kind == Kind.REQUEST)
				? GestaltObservation.REQUEST.observation(this.requests, STANDARD_REQUEST,
						() -> new RequestContext(endpoint, operation, carrier), this.registry)
				: GestaltObservation.SEND.observation(this.sends, STANDARD_SEND,
						() -> new SendContext(endpoint, operation, carrier), this.registry);
		observation.start();
		return (failure) -> end(observation, failure);
	}

	private static void end(Observation observation, @Nullable Throwable failure) {
		if (failure != null) {
			observation.error((failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure);
		}
		observation.stop();
	}

}
