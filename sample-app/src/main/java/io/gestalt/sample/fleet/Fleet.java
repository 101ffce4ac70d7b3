package io.gestalt.sample.fleet;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Knows where each vehicle was last, and counts what it took and what it refused. */
public final class Fleet {

	/**
	 * Datagrams overtake each other by less than this; a position that is older by more
	 * comes from a vehicle whose clock was set back, and is believed.
	 */
	static final Duration REORDERING = Duration.ofMinutes(1);

	private final RecentMap<String, Position> positions;

	private final LongAdder accepted = new LongAdder();

	private final Map<Rejection, Long> rejected = new ConcurrentHashMap<>();

	private final Consumer<Position> audience;

	/**
	 * @param capacity how many vehicles to know; the one longest neither heard nor asked
	 * for is forgotten first
	 */
	public Fleet(int capacity) {
		this(capacity, (position) -> {
		});
	}

	/**
	 * @param capacity how many vehicles to know; the one longest neither heard nor asked
	 * for is forgotten first
	 * @param audience is told every position that was taken
	 */
	public Fleet(int capacity, Consumer<Position> audience) {
		this.positions = new RecentMap<>(capacity);
		this.audience = audience;
	}

	/** Takes a position, unless a newer one of the same vehicle came first. */
	public boolean accept(Position position) {
		boolean taken = take(position);
		if (taken) {
			this.audience.accept(position);
		}
		return taken;
	}

	private synchronized boolean take(Position position) {
		Position known = this.positions.get(position.vehicle());
		if (known != null && overtook(known, position)) {
			reject(Rejection.OVERTAKEN);
			return false;
		}
		this.positions.put(position.vehicle(), position);
		this.accepted.increment();
		return true;
	}

	public void reject(Rejection reason) {
		this.rejected.merge(reason, 1L, Long::sum);
	}

	public @Nullable Position lastPosition(String vehicle) {
		return this.positions.get(vehicle);
	}

	public Whereabouts answer(WhereIs question) {
		return Whereabouts.of(question.vehicle(), lastPosition(question.vehicle()));
	}

	/** The last position of every vehicle, ordered by name. */
	public List<Position> positions() {
		return this.positions.values().stream().sorted(Comparator.comparing(Position::vehicle)).toList();
	}

	public FleetCounts counts() {
		Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
		for (Rejection reason : Rejection.values()) {
			counts.put(reason, this.rejected.getOrDefault(reason, 0L));
		}
		return new FleetCounts(this.positions.size(), this.accepted.sum(), counts);
	}

	private static boolean overtook(Position known, Position late) {
		return late.time().isBefore(known.time()) && !late.time().isBefore(known.time().minus(REORDERING));
	}

}
