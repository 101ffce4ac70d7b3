package io.gestalt.boot.actuate;

import java.util.concurrent.Callable;

import io.gestalt.boot.ReducedClassPath;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ActuatorAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=gestalt";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				TcpAutoConfiguration.class, ActuatorAutoConfiguration.class))
		.withPropertyValues("gestalt.tcp.server.orders.port=0");

	@Test
	void isThereIfExposed() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(GestaltEndpoint.class)
				.hasSingleBean(GestaltEndpointWebExtension.class));
	}

	@Test
	void backsOffIfNotExposed() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GestaltEndpoint.class));
	}

	@Test
	void backsOffIfNobodyMayAccessIt() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.gestalt.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GestaltEndpoint.class));
	}

	@Test
	void backsOffWithoutEndpointSupport() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ActuatorAutoConfiguration.class))
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GestaltEndpoint.class));
	}

	@Test
	void onlyReadsWithoutWriteAccess() {
		try (OperatedApplication application = OperatedApplication.open("gestalt.tcp.server.orders.port=0",
				"management.endpoint.gestalt.access=read-only")) {
			assertThat(application.get("/gestalt/orders").statusCode()).isEqualTo(200);
			assertThat(application.post("orders", "{'operation': 'stop'}").statusCode()).isEqualTo(405);
			assertThat(application.bean("orders", Endpoint.class).running()).isTrue();
		}
	}

	@Test
	void isNotThereOverHttpUnlessExposed() {
		try (OperatedApplication application = OperatedApplication.open("gestalt.tcp.server.orders.port=0",
				"management.endpoints.web.exposure.exclude=gestalt")) {
			assertThat(application.get("/gestalt").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void asksTheFunctionsOfTheApplicationWhatToHide() {
		SanitizingFunction hidesPlaces = (data) -> data.getKey().equals("gestalt.rates.where")
				? data.withSanitizedValue() : data;
		this.runner
			.withPropertyValues(EXPOSED, "management.endpoint.gestalt.show-values=always",
					"gestalt.tcp.client.rates.target=localhost:1", "gestalt.tcp.client.other.target=localhost:2")
			.withBean(SanitizingFunction.class, () -> hidesPlaces)
			.run((context) -> {
				GestaltEndpoint endpoint = context.getBean(GestaltEndpoint.class);
				assertThat(endpoint.endpoint("rates", true).where()).containsExactly(SanitizableData.SANITIZED_VALUE);
				assertThat(endpoint.endpoint("other", true).where()).containsExactly("connects to localhost:2");
			});
	}

	@Test
	void anApplicationStartsWithoutActuator() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "spring-boot-actuator", "spring-boot-starter-actuator",
				"spring-boot-micrometer", "spring-boot-security"))
			.isEqualTo("no endpoint");
	}

	@Test
	void anApplicationStartsWithoutTheAutoConfigurationOfActuator() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "spring-boot-actuator-autoconfigure",
				"spring-boot-starter-actuator", "spring-boot-micrometer", "spring-boot-security"))
			.isEqualTo("no endpoint");
	}

	@Test
	void readsTheGraphWithoutTheLibrariesOfAmqp() throws Exception {
		assertThat(ReducedClassPath.call(PlainApplication.class, "spring-rabbit", "spring-amqp", "amqp-client",
				"spring-boot-amqp", "qpid"))
			.isEqualTo("[orders]");
	}

	public static final class PlainApplication implements Callable<String> {

		public PlainApplication() {
		}

		@Override
		public String call() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Plain.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.run("--gestalt.tcp.server.orders.port=0", "--spring.main.banner-mode=off",
						"--management.endpoints.web.exposure.include=gestalt", "--spring.jmx.enabled=true",
						"--management.endpoints.jmx.exposure.include=gestalt")) {
				return context.containsBean("gestaltEndpoint") ? Graphs.names(context) : "no endpoint";
			}
		}

	}

	private static final class Graphs {

		static String names(ConfigurableApplicationContext context) {
			return context.getBean(GestaltEndpoint.class).endpoints(true).keySet().toString();
		}

	}

	@EnableAutoConfiguration
	static class Plain {

	}

}
