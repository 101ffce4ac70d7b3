package io.gestalt.boot.timer;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerHandler;
import io.gestalt.timer.TimerSettings;
import io.gestalt.timer.Timers;
import org.jspecify.annotations.Nullable;

/** The timers that properties and annotations name; all others are made by calls. */
public final class ConfiguredTimers {

	private final Timers timers;

	private final TimersProperties properties;

	private final TimerSettingsReader reader;

	private final Map<String, TimerDescription> descriptions = new ConcurrentSkipListMap<>();

	ConfiguredTimers(Timers timers, TimersProperties properties, TimerSettingsReader reader) {
		this.timers = timers;
		this.properties = properties;
		this.reader = reader;
	}

	/** Makes the timer of a name; a bean, if there are properties for it. */
	Timer timer(String name) {
		Timer timer = this.timers.add(name);
		this.descriptions.put(name, TimerDescription.of(name, this.properties.timer().get(name)));
		TimerSettings settings = this.reader.find(name, null);
		if (settings != null) {
			timer.configure(settings);
		}
		return timer;
	}

	/** Gives a timer the method that it runs, and what is said there. */
	void handle(String name, GestaltTimer annotation, TimerHandler handler) {
		Timer known = this.timers.find(name);
		Timer timer = (known != null) ? known : timer(name);
		timer.configure(this.reader.get(name, annotation));
		timer.handle(handler);
	}

	/** What the configuration says of all timers, in the order of their names. */
	public Collection<TimerDescription> descriptions() {
		return this.descriptions.values();
	}

	/** What the configuration says of a timer, {@code null} if it does not know it. */
	public @Nullable TimerDescription find(String name) {
		return this.descriptions.get(name);
	}

}
