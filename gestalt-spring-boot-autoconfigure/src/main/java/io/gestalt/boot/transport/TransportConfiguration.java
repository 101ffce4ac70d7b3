package io.gestalt.boot.transport;

import java.util.concurrent.Executor;

import io.gestalt.boot.uncaught.UncaughtErrors;
import io.gestalt.transport.TransportResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Creates the threads of endpoints, unless the application brings its own. */
@Configuration(proxyBeanMethods = false)
public final class TransportConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TransportResources gestaltTransportResources(ObjectProvider<HandlerExecutor> executor, UncaughtErrors uncaught) {
		HandlerExecutor handlers = executor.getIfAvailable();
		return (handlers != null) ? TransportResources.create((task) -> handlers.execute(uncaught.watched(task)))
				: TransportResources.create();
	}

	@Bean
	@Conditional(OnOwnTaskExecutor.class)
	HandlerExecutor gestaltApplicationHandlerExecutor(@Qualifier(OnOwnTaskExecutor.NAME) Executor application) {
		return HandlerExecutor.of(application);
	}

	@Bean
	@ConditionalOnBean(ThreadPoolTaskExecutorBuilder.class)
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.PLATFORM)
	HandlerExecutor gestaltHandlerExecutor(ThreadPoolTaskExecutorBuilder threads) {
		return HandlerExecutor.of(threads);
	}

	@Bean
	@ConditionalOnBean(SimpleAsyncTaskExecutorBuilder.class)
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.VIRTUAL)
	HandlerExecutor gestaltVirtualHandlerExecutor(SimpleAsyncTaskExecutorBuilder threads) {
		return HandlerExecutor.of(threads);
	}

	/** The application has defined the executor that Boot would define otherwise. */
	static final class OnOwnTaskExecutor implements ConfigurationCondition {

		static final String NAME = TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME;

		private static final String BOOT = TaskExecutionAutoConfiguration.class.getPackageName();

		@Override
		public ConfigurationPhase getConfigurationPhase() {
			return ConfigurationPhase.REGISTER_BEAN;
		}

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			BeanDefinitionRegistry beans = context.getRegistry();
			if (!beans.containsBeanDefinition(NAME)) {
				return false;
			}
			String origin = beans.getBeanDefinition(NAME).getFactoryBeanName();
			return origin == null || !origin.startsWith(BOOT);
		}

	}

}
