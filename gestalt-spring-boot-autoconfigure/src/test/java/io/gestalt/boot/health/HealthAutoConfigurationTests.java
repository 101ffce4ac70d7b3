package io.gestalt.boot.health;

import java.util.concurrent.Callable;

import io.gestalt.boot.ReducedClassPath;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HealthAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class, CodecAutoConfiguration.class,
				EndpointAutoConfiguration.class, TcpAutoConfiguration.class, HealthAutoConfiguration.class));

	@Test
	void findsEachEndpointByItsName() {
		this.runner.withPropertyValues("gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.other.port=0")
			.run((context) -> {
				CompositeHealthContributor contributor = context.getBean("gestaltHealthContributor",
						CompositeHealthContributor.class);
				assertThat(contributor.stream()).extracting(HealthContributors.Entry::name)
					.containsExactly("orders", "other");
				assertThat(contributor.getContributor("other")).isInstanceOf(HealthIndicator.class);
				assertThat(contributor.getContributor("none")).isNull();
			});
	}

	@Test
	void backsOffIfSwitchedOff() {
		this.runner.withPropertyValues("management.health.gestalt.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class)
				.doesNotHaveBean(HealthEndpointGroupsPostProcessor.class));
	}

	@Test
	void backsOffIfAllAreSwitchedOff() {
		this.runner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void backsOffFromAnIndicatorOfTheApplication() {
		this.runner.withBean("gestaltHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).hasSingleBean(HealthContributor.class));
	}

	@Test
	void backsOffWithoutEndpointSupport() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HealthAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void anApplicationStartsWithoutTheLibrariesOfHealth() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "spring-boot-health", "spring-boot-actuator",
				"spring-boot-starter-actuator", "spring-boot-micrometer"))
			.isEqualTo("READY, 0 contributors");
	}

	@Test
	void anApplicationStartsWithoutActuator() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "spring-boot-actuator", "spring-boot-starter-actuator",
				"spring-boot-micrometer"))
			.isEqualTo("READY, 1 contributors");
	}

	public static final class PlainApplication implements Callable<String> {

		public PlainApplication() {
		}

		@Override
		public String call() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Plain.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.run("--gestalt.tcp.server.orders.port=0", "--gestalt.amqp.embedded.enabled=false",
						"--spring.main.banner-mode=off")) {
				EndpointState state = context.getBean(Endpoint.class).state();
				return "%s, %d contributors".formatted(state, context.containsBean("gestaltHealthContributor") ? 1 : 0);
			}
		}

	}

	@EnableAutoConfiguration
	static class Plain {

	}

}
