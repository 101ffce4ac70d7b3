package io.gestalt.failed;

import java.util.Set;

import io.gestalt.failed.Failure.Reason;

/**
 * Which failed messages are kept, and how much of them.
 *
 * @param reasons those that failed for one of these reasons
 * @param answered whether also those whose sender was told in an error reply
 * @param maxPayload how many bytes of a payload
 */
public record RecordingRules(Set<Reason> reasons, boolean answered, int maxPayload) {

	public RecordingRules {
		reasons = Set.copyOf(reasons);
	}

}
