package io.gestalt.boot.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.transport.TransportResources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HandlerExecutorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class));

	@Test
	void handlersRunAsTheApplicationsTasksDo() {
		this.runner.withUserConfiguration(DecoratorConfiguration.class)
			.withPropertyValues("spring.task.execution.thread-name-prefix=work-")
			.run((context) -> {
				assertThat(run(context.getBean(TransportResources.class)).getName()).startsWith("work-");
				assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
			});
	}

	@Test
	void anExecutorThatTheApplicationDefinesIsUsed() {
		this.runner
			.withBean("applicationTaskExecutor", SimpleAsyncTaskExecutor.class,
					() -> new SimpleAsyncTaskExecutor("mine-"))
			.run((context) -> assertThat(run(context.getBean(TransportResources.class)).getName()).startsWith("mine-"));
	}

	@Test
	void whatThePoolRefusesRunsAllTheSame() {
		this.runner
			.withPropertyValues("spring.task.execution.pool.core-size=1", "spring.task.execution.pool.max-size=1",
					"spring.task.execution.pool.queue-capacity=0")
			.run((context) -> {
				TransportResources resources = context.getBean(TransportResources.class);
				CountDownLatch busy = new CountDownLatch(1);
				resources.worker().execute(() -> await(busy));
				assertThat(run(resources).getName()).startsWith("gestalt-worker-");
				busy.countDown();
			});
	}

	@Test
	void whatIsLeftAtTheEndIsInterrupted() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		this.runner.run((context) -> {
			context.getBean(TransportResources.class).worker().execute(() -> {
				started.countDown();
				interrupted.complete(!await(new CountDownLatch(1)));
			});
			assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		});
		assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
	}

	private static Thread run(TransportResources resources) throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		resources.worker().execute(() -> thread.complete(Thread.currentThread()));
		return thread.get(10, TimeUnit.SECONDS);
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class DecoratorConfiguration {

		@Bean
		AtomicInteger decorated() {
			return new AtomicInteger();
		}

		@Bean
		TaskDecorator counting(AtomicInteger decorated) {
			return (task) -> {
				decorated.incrementAndGet();
				return task;
			};
		}

	}

}
