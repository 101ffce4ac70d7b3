package io.gestalt.boot.observation;

import io.gestalt.boot.observation.GestaltObservation.HighCardinalityKeys;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How handled messages are named and described; a bean of this type takes its place. */
public interface ReceiveConvention extends ObservationConvention<ReceiveContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ReceiveContext;
	}

	@Override
	default String getName() {
		return GestaltObservation.RECEIVE.observationName();
	}

	@Override
	default String getContextualName(ReceiveContext context) {
		return context.endpoint() + " receive";
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(ReceiveContext context) {
		return Outcome.keyValues(context.endpoint(), context.operation(), context.getError());
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(ReceiveContext context) {
		KeyValues peer = KeyValues.of(HighCardinalityKeys.PEER.withValue(context.peer()));
		String message = context.messageId();
		return (message != null) ? peer.and(HighCardinalityKeys.MESSAGE.withValue(message)) : peer;
	}

}
