package io.gestalt.boot.timer.metrics;

import java.util.ArrayDeque;
import java.util.Deque;

import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerEvent;
import io.gestalt.timer.TimerObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/** Observes runs, so that what they do belongs to their trace. */
final class TimerRunObserver implements TimerObserver {

	private static final TimerRunConvention STANDARD = new TimerRunConvention() {
	};

	private final ObservationRegistry registry;

	private final ObjectProvider<TimerRunConvention> convention;

	private final ObjectProvider<ConfiguredTimers> configured;

	/** A run may advance a manual clock, and with that run others within. */
	private final ThreadLocal<Deque<Run>> runs = ThreadLocal.withInitial(ArrayDeque::new);

	TimerRunObserver(ObservationRegistry registry, ObjectProvider<TimerRunConvention> convention,
			ObjectProvider<ConfiguredTimers> configured) {
		this.registry = registry;
		this.convention = convention;
		this.configured = configured;
	}

	@Override
	public void onEvent(TimerEvent event) {
		if (event instanceof TimerEvent.RunBegun begun && !this.registry.isNoop()) {
			begin(begun.timer());
		}
		else if (event instanceof TimerEvent.RunEnded ended) {
			end(ended);
		}
	}

	private void begin(Timer timer) {
		boolean known = this.configured.stream().anyMatch((timers) -> timers.find(timer.name()) != null);
		TimerRunContext context = new TimerRunContext(timer, known ? timer.name() : TimerMeters.OTHER);
		Observation observation = Observation
			.createNotStarted(this.convention.getIfAvailable(), STANDARD, () -> context, this.registry)
			.start();
		this.runs.get().push(new Run(context, observation, observation.openScope()));
	}

	private void end(TimerEvent.RunEnded event) {
		Deque<Run> open = this.runs.get();
		Run run = open.peek();
		if (run != null && run.context.timer() == event.timer()) {
			open.pop();
			run.end(event);
		}
		if (open.isEmpty()) {
			this.runs.remove();
		}
	}

	/**
	 * A run under way.
	 *
	 * @param context what it is
	 * @param observation observes it
	 * @param scope holds while it runs
	 */
	private record Run(TimerRunContext context, Observation observation, Observation.Scope scope) {

		void end(TimerEvent.RunEnded event) {
			this.scope.close();
			this.context.outcome(event.outcome());
			error(event.error());
			this.observation.stop();
		}

		private void error(@Nullable Throwable error) {
			if (error != null) {
				this.observation.error(error);
			}
		}

	}

}
