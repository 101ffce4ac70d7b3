package io.gestalt.boot.observation;

import org.springframework.boot.autoconfigure.condition.AllNestedConditions;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Conditional;

/**
 * Observations cost much more than timers: they are for those who trace, who say how
 * messages are named, or who ask for them.
 */
final class OnObservationWanted extends AnyNestedCondition {

	static final String PROPERTY = "gestalt.observation.enabled";

	OnObservationWanted() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBooleanProperty(PROPERTY)
	static final class Asked {

	}

	@Conditional(OnTracing.class)
	static final class Traced {

	}

	/** Not switched off, and of use. */
	static final class OnTracing extends AllNestedConditions {

		OnTracing() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBooleanProperty(name = PROPERTY, matchIfMissing = true)
		static final class NotSwitchedOff {

		}

		@Conditional(OnUse.class)
		static final class Used {

		}

	}

	/** Somebody traces, or has conventions. */
	static final class OnUse extends AnyNestedCondition {

		OnUse() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(type = "io.micrometer.tracing.Tracer")
		static final class Tracer {

		}

		@ConditionalOnBean(ReceiveConvention.class)
		static final class Receiving {

		}

		@ConditionalOnBean(RequestConvention.class)
		static final class Requesting {

		}

		@ConditionalOnBean(SendConvention.class)
		static final class Sending {

		}

	}

}
