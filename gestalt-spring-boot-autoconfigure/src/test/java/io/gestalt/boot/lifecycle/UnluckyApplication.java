package io.gestalt.boot.lifecycle;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that reaches nobody, or fails on its way. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class UnluckyApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(UnluckyApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@Bean
	@ConditionalOnProperty(name = "fails", havingValue = "runner")
	ApplicationRunner failingRunner() {
		return (arguments) -> {
			throw new IllegalStateException("Failed on purpose");
		};
	}

	/** Starts when servers have started. */
	@Bean
	@ConditionalOnProperty(name = "fails", havingValue = "lifecycle")
	Lifecycle failingLifecycle(EndpointLifecycle gestaltServerLifecycle) {
		return new FailingLifecycle();
	}

	static final class FailingLifecycle implements SmartLifecycle {

		@Override
		public void start() {
			throw new IllegalStateException("Failed on purpose");
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

}
