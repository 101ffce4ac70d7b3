package io.gestalt.boot.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How sent messages are named and described; a bean of this type takes its place. */
public interface SendConvention extends ObservationConvention<SendContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SendContext;
	}

	@Override
	default String getName() {
		return GestaltObservation.SEND.observationName();
	}

	@Override
	default String getContextualName(SendContext context) {
		return context.endpoint() + " send";
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(SendContext context) {
		return Outcome.keyValues(context.endpoint(), context.operation(), context.getError());
	}

}
