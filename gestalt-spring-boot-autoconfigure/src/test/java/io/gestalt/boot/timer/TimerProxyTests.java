package io.gestalt.boot.timer;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.timer.TimerDeclarationException.Problem;
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration;
import io.gestalt.test.time.ManualClock;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/** Timers call through the proxies around their beans, with whatever advice is there. */
@Timeout(60)
class TimerProxyTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, TimerAutoConfiguration.class,
				TimerLifecycleAutoConfiguration.class))
		.withBean(ManualClock.class, ManualClock::new)
		.withUserConfiguration(Locking.class);

	@Test
	void adviceOnTheMethodIsApplied() {
		this.runner.withBean(Job.class).run((context) -> {
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(9));
			assertThat(context.getBean(Locking.class).locked).hasValue(10);
			assertThat(context.getBean(Locking.class).runs).hasValue(5);
		});
	}

	@Test
	void aMethodOfAnInterfaceIsCalledThroughAProxyOfInterfaces() {
		this.runner.withPropertyValues("target-class=false").withBean(InterfaceJob.class).run((context) -> {
			context.getBean(ManualClock.class).advance(Duration.ofSeconds(9));
			assertThat(context.getBean(Locking.class).locked).hasValue(10);
		});
	}

	@Test
	void aMethodThatTheProxyCannotOverrideIsRefused() {
		this.runner.withBean(FinalJob.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(TimerDeclarationException.class, (failure) -> {
					assertThat(failure.problem()).isEqualTo(Problem.NOT_INVOCABLE);
					assertThat(failure).hasMessageContaining("cannot call 'TimerProxyTests.FinalJob.run()' through");
				}));
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Locked {

	}

	interface Task {

		void run();

	}

	static class Job {

		private final Locking locking;

		Job(Locking locking) {
			this.locking = locking;
		}

		@Locked
		@GestaltTimer(value = "job", interval = "1s")
		public void run() {
			this.locking.runs.incrementAndGet();
		}

	}

	static class InterfaceJob implements Task {

		@Override
		@Locked
		@GestaltTimer(value = "job", interval = "1s")
		public void run() {
		}

	}

	static class FinalJob {

		@Locked
		@GestaltTimer(value = "job", interval = "1s")
		final void run() {
		}

		@Locked
		void other() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Locking {

		private final AtomicInteger locked = new AtomicInteger();

		private final AtomicInteger runs = new AtomicInteger();

		@Bean
		static DefaultAdvisorAutoProxyCreator proxies(Environment environment) {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(environment.getProperty("target-class", Boolean.class, true));
			return creator;
		}

		/** Lets every other call pass, as a lock that another instance holds. */
		@Bean
		Advisor lock() {
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Locked.class),
					(MethodInterceptor) (invocation) -> (this.locked.incrementAndGet() % 2 == 0) ? null
							: invocation.proceed());
		}

	}

}
