package io.gestalt.sample.amqp;

import java.util.List;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.FleetProperties;
import io.gestalt.sample.fleet.Position;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Keeps the last position of each vehicle, as the topic tells it. */
@Component
public class LastPositions {

	private final Fleet vehicles;

	LastPositions(FleetProperties properties) {
		this.vehicles = new Fleet(properties.capacity());
	}

	@GestaltListener("last-positions")
	void keep(Position position) {
		this.vehicles.accept(position);
	}

	public @Nullable Position of(String vehicle) {
		return this.vehicles.lastPosition(vehicle);
	}

	/** Ordered by the name of the vehicle. */
	public List<Position> positions() {
		return this.vehicles.positions();
	}

	/** How many positions came. */
	public long count() {
		return this.vehicles.counts().accepted();
	}

}
