package io.gestalt.boot.observation;

import java.lang.reflect.Type;

import io.gestalt.boot.annotation.call.HandlerCustomizer;
import io.gestalt.boot.support.Words;
import io.gestalt.message.MessageHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/** Has the handlers of all listeners observed. */
final class ObservingCustomizer implements HandlerCustomizer {

	private final ObservationRegistry registry;

	private final @Nullable ReceiveConvention convention;

	ObservingCustomizer(ObservationRegistry registry, ObjectProvider<ReceiveConvention> convention) {
		this.registry = registry;
		this.convention = convention.getIfAvailable();
	}

	@Override
	public MessageHandler<@Nullable Object> customize(String endpoint, Type payloadType,
			MessageHandler<@Nullable Object> handler) {
		return new ObservedHandler(handler, endpoint, Words.type(payloadType), this.registry, this.convention);
	}

}
