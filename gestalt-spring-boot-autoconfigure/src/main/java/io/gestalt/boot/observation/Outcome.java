package io.gestalt.boot.observation;

import io.gestalt.boot.observation.GestaltObservation.LowCardinalityKeys;
import io.gestalt.endpoint.RequestExpiredException;
import io.gestalt.endpoint.RequestTimeoutException;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/** How something ended, as a tag says it. */
public final class Outcome {

	private static final KeyValue SUCCESS = LowCardinalityKeys.OUTCOME.withValue("success");

	private static final KeyValue TIMEOUT = LowCardinalityKeys.OUTCOME.withValue("timeout");

	private static final KeyValue ERROR = LowCardinalityKeys.OUTCOME.withValue("error");

	private Outcome() {
	}

	/**
	 * The keys of an observation.
	 * @param endpoint name of the endpoint
	 * @param operation type of the payload
	 * @param error how it failed, {@code null} if it did not
	 */
	public static KeyValues keyValues(String endpoint, String operation, @Nullable Throwable error) {
		return KeyValues.of(LowCardinalityKeys.NAME.withValue(endpoint),
				LowCardinalityKeys.OPERATION.withValue(operation), of(error));
	}

	private static KeyValue of(@Nullable Throwable error) {
		if (error == null) {
			return SUCCESS;
		}
		return (error instanceof RequestTimeoutException || error instanceof RequestExpiredException) ? TIMEOUT : ERROR;
	}

}
