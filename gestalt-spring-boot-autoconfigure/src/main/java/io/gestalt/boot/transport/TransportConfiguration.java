package io.gestalt.boot.transport;

import io.gestalt.transport.TransportResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Creates the threads of endpoints, unless the application brings its own. */
@Configuration(proxyBeanMethods = false)
public final class TransportConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TransportResources gestaltTransportResources(ObjectProvider<HandlerExecutor> executor) {
		HandlerExecutor handlers = executor.getIfAvailable();
		return (handlers != null) ? TransportResources.create(handlers::execute) : TransportResources.create();
	}

	@Bean
	@ConditionalOnBean(ThreadPoolTaskExecutorBuilder.class)
	@ConditionalOnThreading(Threading.PLATFORM)
	HandlerExecutor gestaltHandlerExecutor(ThreadPoolTaskExecutorBuilder threads) {
		return HandlerExecutor.of(threads);
	}

	@Bean
	@ConditionalOnBean(SimpleAsyncTaskExecutorBuilder.class)
	@ConditionalOnThreading(Threading.VIRTUAL)
	HandlerExecutor gestaltVirtualHandlerExecutor(SimpleAsyncTaskExecutorBuilder threads) {
		return HandlerExecutor.of(threads);
	}

}
