package io.gestalt.boot.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How requests are named and described; a bean of this type takes its place. */
public interface RequestConvention extends ObservationConvention<RequestContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof RequestContext;
	}

	@Override
	default String getName() {
		return GestaltObservation.REQUEST.observationName();
	}

	@Override
	default String getContextualName(RequestContext context) {
		return context.endpoint() + " request";
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(RequestContext context) {
		return Outcome.keyValues(context.endpoint(), context.operation(), context.getError());
	}

}
