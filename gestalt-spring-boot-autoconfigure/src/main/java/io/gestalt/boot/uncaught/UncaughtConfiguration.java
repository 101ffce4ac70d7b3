package io.gestalt.boot.uncaught;

import io.gestalt.boot.properties.GestaltProperties;
import io.gestalt.boot.properties.Uncaught;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sees to errors that nobody has handled, as {@code gestalt.uncaught} says. */
@Configuration(proxyBeanMethods = false)
public final class UncaughtConfiguration {

	@Bean
	UncaughtErrors gestaltUncaughtErrors(GestaltProperties properties, ConfigurableApplicationContext context) {
		return new UncaughtErrors((properties.uncaught() == Uncaught.EXIT) ? new ApplicationExit(context) : () -> {
		});
	}

}
