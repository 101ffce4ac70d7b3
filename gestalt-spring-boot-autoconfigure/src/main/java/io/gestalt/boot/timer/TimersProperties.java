package io.gestalt.boot.timer;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The timers by their names.
 *
 * @param timer timers that are configured
 */
@ConfigurationProperties("gestalt")
public record TimersProperties(@DefaultValue Map<String, TimerProperties> timer) {

	TimerProperties of(String name) {
		return this.timer.getOrDefault(name, TimerProperties.UNSET);
	}

}
