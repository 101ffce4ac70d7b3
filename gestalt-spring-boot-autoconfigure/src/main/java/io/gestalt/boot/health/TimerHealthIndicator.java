package io.gestalt.boot.health;

import java.time.Instant;

import io.gestalt.boot.support.Words;
import io.gestalt.boot.timer.TimerDescription;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether a timer still ticks, or has ended as it should. Runs that fail do not
 * matter as long as they do not cancel it.
 */
final class TimerHealthIndicator implements HealthIndicator {

	private final @Nullable Timer timer;

	private final TimerDescription description;

	TimerHealthIndicator(@Nullable Timer timer, TimerDescription description) {
		this.timer = timer;
		this.description = description;
	}

	@Override
	public Health health() {
		if (this.timer == null) {
			return Health.unknown().build();
		}
		TimerState state = this.timer.state();
		Health.Builder health = Health.status(status(this.timer, state))
			.withDetail("state", Words.constant(state))
			.withDetail("runs", this.timer.runs());
		Instant next = this.timer.next();
		if (next != null) {
			health.withDetail("next", next);
		}
		health.withDetail("required", this.description.required());
		Throwable cancellation = this.timer.cancellation();
		Throwable error = (cancellation != null) ? cancellation : this.timer.lastError();
		if (error != null) {
			health.withDetail("error", EndpointHealthIndicator.text(error));
		}
		return health.build();
	}

	private Status status(Timer timer, TimerState state) {
		return switch (state) {
			case SCHEDULED, COMPLETED -> Status.UP;
			case PAUSED -> Status.UNKNOWN;
			case STOPPED -> stopped(timer);
			case CANCELLED -> cancelled(timer);
		};
	}

	private Status stopped(Timer timer) {
		boolean meant = !this.description.autoStartup() || !timer.handled();
		if (meant) {
			return Status.UNKNOWN;
		}
		return this.description.required() ? Status.OUT_OF_SERVICE : EndpointHealthIndicator.DEGRADED;
	}

	/** Who cancels a timer by a call, wants that. */
	private Status cancelled(Timer timer) {
		if (timer.cancellation() == null) {
			return Status.UNKNOWN;
		}
		return this.description.required() ? Status.DOWN : EndpointHealthIndicator.DEGRADED;
	}

}
