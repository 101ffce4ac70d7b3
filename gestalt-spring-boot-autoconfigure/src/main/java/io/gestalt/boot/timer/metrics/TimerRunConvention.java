package io.gestalt.boot.timer.metrics;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How runs of timers are named and described; a bean of this type takes its place. */
public interface TimerRunConvention extends ObservationConvention<TimerRunContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof TimerRunContext;
	}

	@Override
	default String getName() {
		return "gestalt.timer";
	}

	@Override
	default String getContextualName(TimerRunContext context) {
		return "timer " + context.timer().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(TimerRunContext context) {
		return KeyValues.of("timer", context.name(), "outcome", context.outcome());
	}

}
