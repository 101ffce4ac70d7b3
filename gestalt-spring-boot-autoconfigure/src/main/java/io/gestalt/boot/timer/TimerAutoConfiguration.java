package io.gestalt.boot.timer;

import io.gestalt.boot.endpoint.DuplicateEndpointException;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.timer.tick.TickConfiguration;
import io.gestalt.boot.transport.HandlerExecutor;
import io.gestalt.boot.uncaught.UncaughtErrors;
import io.gestalt.timer.TimerObserver;
import io.gestalt.timer.Timers;
import io.gestalt.timer.schedule.TickScheduler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Creates the timers under {@code gestalt.timer}, and gives them their methods. */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, TaskSchedulingAutoConfiguration.class })
@EnableConfigurationProperties(TimersProperties.class)
@Import({ TickConfiguration.class, TimerRegistrar.class })
public final class TimerAutoConfiguration {

	@Bean
	TimerExecutor gestaltTimerExecutor(ObjectProvider<HandlerExecutor> handlers) {
		return TimerExecutor.like(handlers.getIfAvailable());
	}

	@Bean(destroyMethod = "close")
	Timers gestaltTimers(TickScheduler ticks, TimerExecutor executor, ObjectProvider<TimerObserver> observers,
			UncaughtErrors uncaught) {
		return new Timers(ticks, (task) -> executor.execute(uncaught.watched(task)), new TimerObservers(observers));
	}

	@Bean(TimerRegistrar.FACTORY)
	ConfiguredTimers gestaltConfiguredTimers(Timers timers, TimersProperties properties,
			ConfigurableListableBeanFactory beans) {
		return new ConfiguredTimers(timers, properties,
				new TimerSettingsReader(properties, (text) -> String.valueOf(beans.resolveEmbeddedValue(text))));
	}

	/** Runs when all singletons are there, and before any timer ticks. */
	@Bean
	static SmartInitializingSingleton gestaltTimerMethods(ConfigurableListableBeanFactory beans,
			ObjectProvider<GestaltEndpoints> endpoints) {
		return () -> {
			ConfiguredTimers timers = beans.getBean(ConfiguredTimers.class);
			new TimerMethods(beans, timers::handle).assemble();
			endpoints.stream().flatMap((known) -> known.all().stream()).forEach((endpoint) -> {
				if (timers.find(endpoint.name()) != null) {
					throw new DuplicateEndpointException(endpoint.name(), "endpoint", "@GestaltTimer");
				}
			});
		};
	}

}
