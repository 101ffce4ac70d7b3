package io.gestalt.sample.fleet;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which vehicle a peer speaks for, as sentences do not say it themselves. A
 * peer that never said so is its own vehicle.
 */
public final class VehicleSessions {

	private final RecentMap<String, String> vehicles;

	/**
	 * @param capacity how many peers to remember; the longest silent is forgotten first
	 */
	public VehicleSessions(int capacity) {
		this.vehicles = new RecentMap<>(capacity);
	}

	public void identify(String peer, String vehicle) {
		this.vehicles.put(peer, vehicle);
	}

	public String vehicle(String peer) {
		@Nullable String vehicle = this.vehicles.get(peer);
		return (vehicle != null) ? vehicle : peer;
	}

	/** Forgets a peer that is gone, before another gets its address. */
	public void forget(String peer) {
		this.vehicles.remove(peer);
	}

	/** How many peers have said for which vehicle they speak. */
	public int size() {
		return this.vehicles.size();
	}

}
