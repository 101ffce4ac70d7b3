package io.gestalt.boot.timer;

import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of a timer, for people to read.
 *
 * @param name name of the timer
 * @param property where its properties are, {@code null} if only an annotation names it
 * @param required whether the application is ready only while it does its work
 * @param autoStartup whether it ticks when the application starts
 */
public record TimerDescription(String name, @Nullable String property, boolean required, boolean autoStartup) {

	static TimerDescription of(String name, @Nullable TimerProperties properties) {
		return (properties != null) ? new TimerDescription(name, TimerPropertiesCheck.PREFIX + name,
				properties.required(), properties.autoStartup()) : new TimerDescription(name, null, true, true);
	}

}
