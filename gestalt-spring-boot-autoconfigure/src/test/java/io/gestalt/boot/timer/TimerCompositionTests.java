package io.gestalt.boot.timer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration;
import io.gestalt.test.time.ManualClock;
import io.gestalt.timer.Timer;
import io.gestalt.timer.Timers;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.observation.aop.ObservedAspect;
import io.micrometer.observation.tck.TestObservationRegistry;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.inmemory.InMemoryLockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What others say of a method holds when a timer runs it. */
@Timeout(60)
class TimerCompositionTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class, TimerAutoConfiguration.class,
				TimerLifecycleAutoConfiguration.class))
		.withBean(ManualClock.class, ManualClock::new);

	@Test
	void aLockLetsOneOfTwoApplicationsRun() {
		LockProvider locks = new InMemoryLockProvider();
		ApplicationContextRunner locked = this.runner.withUserConfiguration(Locking.class)
			.withBean(LockProvider.class, () -> locks)
			.withBean(Report.class);
		locked.run((one) -> locked.run((other) -> {
			for (int i = 0; i < 10; i++) {
				one.getBean(ManualClock.class).advance(Duration.ofMinutes(1));
				other.getBean(ManualClock.class).advance(Duration.ofMinutes(1));
			}
			assertThat(one.getBean(Report.class).runs() + other.getBean(Report.class).runs()).isEqualTo(1);
		}));
	}

	@Test
	void aRetryIsPartOfTheRun() {
		this.runner.withUserConfiguration(Retrying.class).withBean(Upload.class).run((context) -> {
			context.getBean(ManualClock.class).advance(Duration.ZERO);
			assertThat(context.getBean(Upload.class).attempts()).isEqualTo(3);
			Timer timer = context.getBean(Timers.class).find("upload");
			assertThat(timer).isNotNull();
			assertThat(timer.counts().runs()).isEqualTo(1);
			assertThat(timer.counts().failed()).isZero();
		});
	}

	@Test
	void eachRunIsObserved() {
		this.runner.withUserConfiguration(Observing.class).withBean(Sweep.class).run((context) -> {
			context.getBean(ManualClock.class).advance(Duration.ofMinutes(2));
			assertThat(context.getBean(TestObservationRegistry.class)).hasNumberOfObservationsWithNameEqualTo("sweep",
					3);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableSchedulerLock(defaultLockAtMostFor = "1h")
	static class Locking {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	static class Retrying {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAspectJAutoProxy
	static class Observing {

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

		@Bean
		ObservedAspect observedAspect(TestObservationRegistry observations) {
			return new ObservedAspect(observations);
		}

	}

	static class Sweep {

		@GestaltTimer(value = "sweep", interval = "1m")
		@Observed(name = "sweep")
		public void sweep() {
			// it is enough that it runs
		}

	}

	static class Report {

		private final AtomicInteger runs = new AtomicInteger();

		int runs() {
			return this.runs.get();
		}

		@GestaltTimer(value = "report", interval = "1m")
		@SchedulerLock(name = "report", lockAtLeastFor = "1h")
		public void report() {
			this.runs.incrementAndGet();
		}

	}

	static class Upload {

		private final AtomicInteger attempts = new AtomicInteger();

		int attempts() {
			return this.attempts.get();
		}

		@GestaltTimer(value = "upload", interval = "1h")
		@Retryable(maxRetries = 4, delay = 1)
		public void upload() {
			if (this.attempts.incrementAndGet() < 3) {
				throw new IllegalStateException("the server is busy");
			}
		}

	}

}
