package io.gestalt.boot.timer.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import io.gestalt.boot.actuate.OperableNodes;
import io.gestalt.boot.actuate.OperationRefusedException;
import io.gestalt.boot.actuate.ShownValues;
import io.gestalt.boot.support.Similarity;
import io.gestalt.boot.support.Words;
import io.gestalt.boot.timer.ConfiguredTimers;
import io.gestalt.boot.timer.actuate.TimerNode.Counts;
import io.gestalt.boot.timer.actuate.TimerNode.Lag;
import io.gestalt.boot.timer.lifecycle.TimerWords;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerCounts;
import io.gestalt.timer.TimerException;
import io.gestalt.timer.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All timers, those of calls too, and what can be done with them. */
final class TimerNodes implements OperableNodes {

	private static final Logger logger = LoggerFactory.getLogger(Timer.class);

	private static final List<String> OPERATIONS = List.of("fire", "start", "pause", "resume", "cancel");

	private static final double NANOS_PER_MILLI = 1e6;

	private final Timers timers;

	private final ConfiguredTimers configured;

	TimerNodes(Timers timers, ConfiguredTimers configured) {
		this.timers = timers;
		this.configured = configured;
	}

	@Override
	public String section() {
		return "timers";
	}

	@Override
	public Set<String> names() {
		Set<String> names = new TreeSet<>();
		this.timers.all().forEach((timer) -> names.add(timer.name()));
		return names;
	}

	@Override
	public @Nullable Object node(String name, ShownValues values) {
		Timer timer = this.timers.find(name);
		return (timer != null) ? node(timer, values) : null;
	}

	private TimerNode node(Timer timer, ShownValues values) {
		TimerCounts counts = timer.counts();
		Throwable error = timer.lastError();
		OptionalLong remaining = timer.remaining();
		return new TimerNode(TimerWords.of(timer.settings()), Words.constant(timer.state()),
				this.configured.find(timer.name()) != null, timer.running(), counts.runs(),
				remaining.isPresent() ? remaining.getAsLong() : null, timer.next(),
				(error != null) ? values.of(timer.name(), "error", error.toString()) : null,
				new Counts(counts.failed(), counts.timedOut(), counts.abandoned(), counts.skipped()),
				new Lag(millis(counts.lastLag()), millis(counts.longestLag())));
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / NANOS_PER_MILLI;
	}

	@Override
	public String caption(String name) {
		Timer timer = this.timers.find(name);
		return (timer != null)
				? "timer: %s, %s".formatted(Words.constant(timer.state()), TimerWords.of(timer.settings())) : "timer";
	}

	@Override
	public Map<String, ?> operate(String name, String operation, Map<String, String> arguments) {
		Timer timer = this.timers.find(name);
		if (timer == null) {
			throw new OperationRefusedException("Timer '%s' has ended".formatted(name),
					"Read 'timers' to see which there are.");
		}
		try {
			operate(timer, operation);
		}
		catch (TimerException ex) {
			throw new OperationRefusedException(String.valueOf(ex.getMessage()),
					"Read the timer to see in what state it is.", ex);
		}
		logger.info("Timer '{}' was operated: {}", name, operation);
		return Map.of("state", Words.constant(timer.state()));
	}

	private static void operate(Timer timer, String operation) {
		switch (operation) {
			case "fire" -> fire(timer);
			case "start" -> timer.start();
			case "pause" -> timer.pause();
			case "resume" -> timer.resume();
			case "cancel" -> timer.cancel();
			default -> {
				String action = Similarity.closest(operation, OPERATIONS)
					.map("Did you mean '%s'? "::formatted)
					.orElse("");
				throw new OperationRefusedException("Operation '%s' is unknown for timers".formatted(operation),
						"%sThere are %s.".formatted(action, OPERATIONS));
			}
		}
	}

	private static void fire(Timer timer) {
		if (!timer.fire()) {
			throw new OperationRefusedException(
					"Timer '%s' does not run: it is %s with %d runs under way".formatted(timer.name(),
							Words.constant(timer.state()), timer.running()),
					"Start it if it has ended; where 'overlap' is 'skip', wait for the end of its run.");
		}
	}

}
