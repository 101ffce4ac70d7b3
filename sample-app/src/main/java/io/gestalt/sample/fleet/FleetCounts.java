package io.gestalt.sample.fleet;

import java.util.Map;

/**
 * What the fleet has heard since it started.
 *
 * @param vehicles how many have a known position
 * @param accepted how many positions were taken
 * @param rejected how many were not, by reason, every reason present
 */
public record FleetCounts(int vehicles, long accepted, Map<Rejection, Long> rejected) {

	public FleetCounts {
		rejected = Map.copyOf(rejected);
	}

}
