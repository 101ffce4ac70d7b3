package io.gestalt.boot.timer.tick;

import io.gestalt.boot.uncaught.UncaughtErrors;
import io.gestalt.timer.schedule.TickScheduler;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;

/** Chooses what calls timers: the application's scheduler where there is one. */
@Configuration(proxyBeanMethods = false)
public final class TickConfiguration {

	private static final String NAME = "taskScheduler";

	@Bean
	@ConditionalOnMissingBean
	TickScheduler gestaltTickScheduler(ObjectProvider<TaskScheduler> schedulers, BeanFactory beans,
			UncaughtErrors uncaught) {
		TaskScheduler scheduler = scheduler(schedulers, beans);
		return (scheduler != null) ? new SpringTickScheduler(scheduler, uncaught::watched)
				: new OwnTickScheduler(uncaught::watched);
	}

	/** As Spring chooses the one for scheduled tasks. */
	private static @Nullable TaskScheduler scheduler(ObjectProvider<TaskScheduler> schedulers, BeanFactory beans) {
		TaskScheduler only = schedulers.getIfUnique();
		return (only != null || !beans.containsBean(NAME) || !beans.isTypeMatch(NAME, TaskScheduler.class)) ? only
				: beans.getBean(NAME, TaskScheduler.class);
	}

}
