package io.gestalt.boot.unknown;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

import io.gestalt.boot.FailedStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Misspells properties, and spells them in the many ways that Spring Boot accepts. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "gestalt.tpc.server.orders.port, gestalt.tcp.server.orders.port",
			"gestalt.tcp.sever.orders.port, gestalt.tcp.server.orders.port",
			"gestalt.tcp.server.orders.prot, gestalt.tcp.server.orders.port",
			"gestalt.tcp.server.orders.codec.serialiser, gestalt.tcp.server.orders.codec.serializer",
			"gestalt.tcp.server.orders.codecs.serializer, gestalt.tcp.server.orders.codec.serializer",
			"gestalt.udp.client.telemetry.tll, gestalt.udp.client.telemetry.ttl",
			"gestalt.defaults.send-timeot, gestalt.defaults.send-timeout",
			"gestalt.defaults.send.timeout, gestalt.defaults.send-timeout",
			"gestalt.defaults.qeue.capacity, gestalt.defaults.queue.capacity",
			"gestalt.shutdown.grace-perod, gestalt.shutdown.grace-period",
			"gestalt.listener.orders.concurency, gestalt.listener.orders.concurrency",
			"gestalt.listner.orders.concurrency, gestalt.listener.orders.concurrency",
			"gestalt.type.7, gestalt.types.7" })
	void aSlip(String wrong, String right, CapturedOutput output) {
		assertThat(start(output, wrong + "=1")).contains("Property '%s' with the value '1' (from ".formatted(wrong),
				" is unknown.", "Did you mean '%s'? Known under '".formatted(right));
	}

	@Test
	void aKeyThatIsLikeNoOther(CapturedOutput output) {
		assertThat(start(output, "gestalt.shutdown.colour=red"))
			.contains("'gestalt.shutdown.colour' with the value", "Known under 'gestalt.shutdown' are grace-period.")
			.doesNotContain("Did you mean");
	}

	@Test
	void aKeyBelowAValue(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port.number=1"))
			.contains("'gestalt.tcp.server.orders.port' has no keys below it.");
	}

	@Test
	void allSlipsAtOnceAndWhereTheyStand(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("application.yml"), """
				gestalt:
				  tcp:
				    server:
				      orders:
				        prot: 7000
				  defaults:
				    sendTimeuot: 5s
				  shutdown: { grace_period: 1s }
				""");
		assertThat(start(output, "spring.config.location=file:" + file)).contains(
				"Property 'gestalt.tcp.server.orders.prot' with the value '7000' (from ",
				"application.yml] - 5:15) is unknown.",
				"Property 'gestalt.defaults.sendtimeuot' with the value '5s' (from ",
				"application.yml] - 7:18) is unknown.",
				"Did you mean 'gestalt.tcp.server.orders.port'? Known under 'gestalt.tcp.server.orders' are address, "
						+ "auto-startup, codec, framing, idle-timeout, limits, on-error, port, queue, ",
				"Did you mean 'gestalt.defaults.send-timeout'?")
			.doesNotContain("grace");
	}

	@ParameterizedTest
	@CsvSource({ "GESTALT_TCP_SERVER_ORDERS_PROT, gestalt.tcp.server.orders.port",
			"GESTALT_TPC_SERVER_ORDERS_PORT, gestalt.tcp.server.orders.port",
			"GESTALT_DEFAULTS_SEND_TIMEOT, gestalt.defaults.send-timeout" })
	void aSlipInAnEnvironmentVariable(String variable, String right, CapturedOutput output) {
		assertThat(FailedStart.output(output, application(Map.of(variable, "1"))))
			.contains("System Environment Property \"%s\"".formatted(variable), "Did you mean '%s'?".formatted(right));
	}

	@ParameterizedTest
	@ValueSource(strings = { "socket", "service", "flow", "console" })
	void aFeatureThatIsToCome(String feature, CapturedOutput output) {
		assertThat(start(output, "gestalt.%s.anything=1".formatted(feature))).contains(
				"belongs to a feature that this version of Gestalt does not have.",
				"Remove the properties under 'gestalt.%s', or use a version".formatted(feature));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GESTALT_TCP_PORT", "GESTALT_TOKEN" })
	void variablesThatMayBeMeantForOthersAreMentionedOnly(String variable, CapturedOutput output) {
		try (ConfigurableApplicationContext context = application(Map.of(variable, "s3cret")).run()) {
			assertThat(context.isActive()).isTrue();
			assertThat(output).contains("is unknown and has no effect").doesNotContain("s3cret");
		}
	}

	@Test
	void aVariableOfAnEndpointWithAHyphenIsNoFailure() {
		try (ConfigurableApplicationContext context = application(
				Map.of("GESTALT_TCP_SERVER_ORDERS_DESK_REQUESTTIMEOUT", "2s"))
			.run("--gestalt.tcp.server.orders-desk.port=0")) {
			assertThat(context.containsBean("orders-desk")).isTrue();
		}
	}

	@Test
	void aFeatureThatIsNotActive(CapturedOutput output) {
		assertThat(FailedStart.output(output, FailedStart.withoutTransports(), "gestalt.udp.server.telemetry.port=0"))
			.contains("belongs to a feature that is not active in this application.",
					"do not exclude 'io.gestalt.boot.udp.UdpAutoConfiguration'");
	}

	@Test
	void aFeatureWhoseStarterIsMissing(CapturedOutput output) {
		assertThat(start(output, "gestalt.amqp.publisher.prices.exchange=market")).contains(
				"Property 'gestalt.amqp.publisher.prices.exchange' with the value 'market' (from ",
				"belongs to a feature that is not active in this application.",
				"Add 'io.gestalt:gestalt-spring-boot-starter-amqp', or do not exclude "
						+ "'io.gestalt.boot.amqp.AmqpAutoConfiguration'");
	}

	@Test
	void relaxedNamesAreKnown(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application(Map.of("GESTALT_TCP_SERVER_ORDERS_PORT", "0",
				"GESTALT_TCP_SERVER_ORDERS_QUEUE_MAX_SIZE", "1MB", "GESTALT_TCP_SERVER_ORDERS_SENDTIMEOUT", "1s",
				"GESTALT_TYPES_7", "java.lang.String", "GESTALT_SHUTDOWN_GRACE_PERIOD", "1s"))
			.run("--gestalt.tcp.server[dotted.name].port=0", "--gestalt.tcp.server.orders.autoStartup=false",
					"--gestalt.tcp.server.orders.request_timeout=1s", "--gestalt.defaults.codec.MAX-DECODED-SIZE=1MB",
					"--gestalt.listener[dotted.name].autoStartup=false",
					"--gestalt.udp.client.telemetry.target=localhost:1",
					"--gestalt.udp.client.telemetry.interface=lo")) {
			assertThat(context.containsBean("dotted.name")).isTrue();
			assertThat(output).doesNotContain("System Environment Property");
		}
	}

	@Test
	void whatOthersWriteIntoTheEnvironmentIsMentionedOnly(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application(Map.of("GESTALT_HOME", "/opt/gestalt")).run()) {
			assertThat(context.isActive()).isTrue();
			assertThat(output).contains("Property 'gestalt.home' (from ", ") is unknown and has no effect");
		}
	}

	@Test
	void switchesOfABuildAreMentionedOnly(CapturedOutput output) {
		SpringApplicationBuilder application = application(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
				(name) -> new MapPropertySource(name, Map.of("gestalt.generate", "true", "gestalt.test.heap", "1g")));
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.isActive()).isTrue();
			assertThat(output).contains("'gestalt.generate' (from", "'gestalt.test.heap' (from");
		}
	}

	@Test
	void kubernetesMaySayWhereAServiceIs(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application(Map.of("GESTALT_SERVICE_HOST", "10.0.0.1",
				"GESTALT_SERVICE_PORT", "7000", "GESTALT_PORT", "tcp://10.0.0.1:7000", "GESTALT_PORT_7000_TCP",
				"tcp://10.0.0.1:7000", "GESTALT_PORT_7000_TCP_PROTO", "tcp", "GESTALT_TCP_SERVICE_PORT_ORDERS", "7000",
				"GESTALT_TCP_PORT_7000_TCP_ADDR", "10.0.0.1"))
			.run()) {
			assertThat(context.isActive()).isTrue();
			assertThat(output).doesNotContain("System Environment Property");
		}
	}

	private static String start(CapturedOutput output, String... properties) {
		return FailedStart.output(output, FailedStart.application(), properties);
	}

	private static SpringApplicationBuilder application(Map<String, Object> variables) {
		return application(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				(name) -> new SystemEnvironmentPropertySource(name, variables));
	}

	private static SpringApplicationBuilder application(String source, Function<String, PropertySource<?>> factory) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().replace(source, factory.apply(source));
		return FailedStart.application().environment(environment);
	}

}
