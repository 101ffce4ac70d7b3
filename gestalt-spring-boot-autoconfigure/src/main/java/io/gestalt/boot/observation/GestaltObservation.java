package io.gestalt.boot.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed of messages. */
public enum GestaltObservation implements ObservationDocumentation {

	/** A handler has a message, until it is done, the future that it returns too. */
	RECEIVE("gestalt.receive", ReceiveConvention.class),
	/** A request, until it is answered or has failed. */
	REQUEST("gestalt.request", RequestConvention.class),
	/** A message goes to a broker, with a future until that has confirmed it. */
	SEND("gestalt.send", SendConvention.class);

	private final String observationName;

	private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;

	GestaltObservation(String observationName,
			Class<? extends ObservationConvention<? extends Observation.Context>> convention) {
		this.observationName = observationName;
		this.convention = convention;
	}

	/** Its name, also that of the timer. */
	public String observationName() {
		return this.observationName;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.convention;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinalityKeys.values();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return (this == RECEIVE) ? HighCardinalityKeys.values() : new KeyName[0];
	}

	/** Keys with few values, also tags of the timers. */
	public enum LowCardinalityKeys implements KeyName {

		/** Name of the endpoint. */
		NAME("name"),
		/** Type of the payload, as the handler or the sender names it. */
		OPERATION("operation"),
		/** How it ended: {@code success}, {@code timeout} or {@code error}. */
		OUTCOME("outcome");

		private final String key;

		LowCardinalityKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/** Keys with many values, in traces only. */
	public enum HighCardinalityKeys implements KeyName {

		/** Identifier of the peer. */
		PEER("gestalt.peer"),
		/** Identifier of the message, where it has one. */
		MESSAGE("gestalt.message");

		private final String key;

		HighCardinalityKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
