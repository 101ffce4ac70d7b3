package io.gestalt.boot.support;

import java.net.ServerSocket;

import io.gestalt.boot.FailedStart;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user reads when an application does not start. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

	@Test
	void aPortInUse(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			int port = taken.getLocalPort();
			assertThat(start(output, "gestalt.tcp.server.orders.port=" + port)).contains(
					"Endpoint 'orders' cannot bind 0.0.0.0:%d, because the port is in use.".formatted(port),
					"Stop what listens there, or set 'gestalt.tcp.server.orders.port' to another port "
							+ "(0 picks a free one).");
		}
	}

	@Test
	void anAddressOfAnotherMachine(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.address=192.0.2.1"))
			.contains("Endpoint 'orders' cannot bind 192.0.2.1:0: ",
					"Set 'gestalt.tcp.server.orders.address' to an address of this machine (0.0.0.0 stands for all)");
	}

	@Test
	void anUnknownEndpoint(CapturedOutput output) {
		assertThat(FailedStart.output(output, FailedStart.application(ListenerConfiguration.class),
				"gestalt.tcp.server.oders.port=0"))
			.contains("Endpoint 'orders' is used, but not configured. Configured are [oders].",
					"Did you mean 'oders'? Else configure it, for example with 'gestalt.tcp.server.orders.port' or "
							+ "'gestalt.tcp.client.orders.target'.");
	}

	@Test
	void noEndpointAtAll(CapturedOutput output) {
		assertThat(FailedStart.output(output, FailedStart.application(ListenerConfiguration.class))).contains(
				"Endpoint 'orders' is used, but no endpoint is configured.",
				"Configure it, for example with 'gestalt.tcp.server.orders.port'");
	}

	@Test
	void aNameThatIsUsedTwice(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.udp.client.orders.target=localhost:1"))
			.contains(
					"Endpoint 'orders' exists twice, as 'gestalt.tcp.server.orders' and as "
							+ "'gestalt.udp.client.orders'.",
					"Rename one of them: a name stands for one endpoint of the application");
	}

	@Test
	void aLibraryThatIsMissing(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.defaults.codec.serializer=protobuf"))
			.contains(
					"Codec 'protobuf' needs the library 'com.google.protobuf:protobuf-java', which is not on the "
							+ "class path.",
					"<groupId>com.google.protobuf</groupId>", "<artifactId>protobuf-java</artifactId>",
					"implementation(\"com.google.protobuf:protobuf-java\")");
	}

	@Test
	void aLibraryWhoseVersionSpringBootManages(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0",
				"gestalt.tcp.server.orders.codec.serializer=protobuf"))
			.contains("implementation(\"com.google.protobuf:protobuf-java\")");
	}

	@Test
	void typesThatCollide(CapturedOutput output) {
		assertThat(start(output, "gestalt.types.7=java.lang.String", "gestalt.types.0x7=java.lang.Integer")).contains(
				"Message type 7 stands for both 'java.lang.String' and 'java.lang.Integer'.",
				"look at the properties under 'gestalt.types' and at the @MessageType annotations.");
	}

	@Test
	void aTypeThatIsNoClass(CapturedOutput output) {
		assertThat(start(output, "gestalt.types.7=com.example.Missing")).contains(
				"Property 'gestalt.types.7' has the value 'com.example.Missing'", "there is no such class.",
				"a nested class is written with '$'");
	}

	@Test
	void aTypeThatIsNoNumber(CapturedOutput output) {
		assertThat(start(output, "gestalt.types.seven=java.lang.String"))
			.contains("a message type identifier is a number from 1 to 4294967295.");
	}

	@Test
	void aServerWithoutAnything(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders=")).contains(
				"Property 'gestalt.tcp.server.orders.port' is not set: a server needs a port to listen on.",
				"Set 'gestalt.tcp.server.orders.port' to a number from 1 to 65535, or to 0 for any free port.");
	}

	@Test
	void aClientWithoutATarget(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.client.rates=")).contains(
				"Property 'gestalt.tcp.client.rates.target' is not set: a client needs to know where to go.",
				"Set 'gestalt.tcp.client.rates.target' to 'host:port'");
	}

	@Test
	void theOriginOfAValue(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.client.rates.target=nowhere")).contains(
				"Property 'gestalt.tcp.client.rates.target' has the value 'nowhere' (from ",
				"Target 'nowhere' is not 'host:port'.");
	}

	@Test
	void aValueThatComesFromTheDefaults(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.defaults.codec.serializer=jason"))
			.contains("Property 'gestalt.defaults.codec.serializer' has the value 'jason'", "did you mean 'json'?",
					"Choose one of [avro, bytes, json, msgpack, protobuf, text, yaml]");
	}

	@Test
	void anUnknownBundle(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders.ssl.bundle=none"))
			.contains("Property 'gestalt.tcp.server.orders.ssl.bundle' has the value 'none'",
					"there is no such bundle, there are [].",
					"Configure it under 'spring.ssl.bundle.pem.none' or 'spring.ssl.bundle.jks.none'.");
	}

	@Test
	void aPortOutOfRange(CapturedOutput output) {
		assertThat(start(output, "gestalt.udp.server.telemetry.port=70000")).contains(
				"Property 'gestalt.udp.server.telemetry.port' has the value '70000'",
				"a port is a number from 0 to 65535.");
	}

	@Test
	void aDelimiterThatIsMissing(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.defaults.framing.type=delimited"))
			.contains("Property 'gestalt.tcp.server.orders.framing.delimiter' is not set",
					"the framing is 'delimited', by which bytes is not said.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			framing.codec=slip               | there is no FrameCodec bean of that name, there are []
			framing.delimiter=;              | the framing is 'length-prefixed', which has no delimiter
			framing.length-field-length=3    | Length field of 3 bytes is not one of 1, 2 or 4
			codec.compression=zip            | Compression 'zip' is unknown
			codec.max-decoded-size=0B        | it is not between 1 byte and 2 GB
			limits.max-frame-size=4GB        | it is not between 1 byte and 2 GB
			limits.max-connections=0         | it is not positive
			codec.compression-threshold=2KB  | neither TCP nor UDP says of each message whether it is compressed
			queue.capacity=0                 | it is not positive
			queue.max-size=0B                | it is not positive
			send-timeout=-1s                 | it is negative
			request-timeout=0s               | it is not positive
			idle-timeout=-1s                 | it is negative
			ssl.client-auth=need             | there is no TLS, because no bundle is named
			""")
	void aTcpServerThatCannotBe(String property, String reason, CapturedOutput output) {
		String name = property.substring(0, property.indexOf('='));
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.tcp.server.orders." + property))
			.contains("Property 'gestalt.tcp.server.orders." + name, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			reconnect.initial-interval=0s    | it is not positive
			reconnect.multiplier=0.5         | it is below 1
			reconnect.max-interval=1ms       | it is shorter than the initial interval of 100 ms
			connect-timeout=0s               | it is not positive
			target=b                         | Target 'b' is not 'host:port'
			limits.max-connections=5         | a client has one connection to each of its targets
			""")
	void aTcpClientThatCannotBe(String property, String reason, CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.client.rates.target=localhost:1", "gestalt.tcp.client.rates." + property))
			.contains("Property 'gestalt.tcp.client.rates.", reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ssl.bundle=any                   | there is no TLS for datagrams
			max-peers=0                      | it is not positive
			limits.max-connections=5         | UDP has no connections
			codec.compression-threshold=2KB  | neither TCP nor UDP says of each message whether it is compressed
			multicast.group=192.0.2.1        | a group has an address from 224.0.0.0 to 239.255.255.255
			multicast.ttl=300                | a group has an address from 224.0.0.0
			""")
	void aUdpServerThatCannotBe(String property, String reason, CapturedOutput output) {
		assertThat(start(output, "gestalt.udp.server.telemetry.port=0", "gestalt.udp.server.telemetry." + property))
			.contains("Property 'gestalt.udp.server.telemetry.", reason);
	}

	@Test
	void multicastAndBroadcast(CapturedOutput output) {
		assertThat(start(output, "gestalt.udp.client.telemetry.target=239.1.2.3:1",
				"gestalt.udp.client.telemetry.broadcast=true"))
			.contains("Property 'gestalt.udp.client.telemetry.broadcast' has the value 'true'",
					"the target is a multicast group, and a datagram goes either to a group or to all");
	}

	@Test
	void aGracePeriodThatSpringCutsShort(CapturedOutput output) {
		assertThat(start(output, "gestalt.shutdown.grace-period=20s", "spring.lifecycle.timeout-per-shutdown-phase=5s"))
			.contains("Property 'gestalt.shutdown.grace-period' has the value 'PT20S' (from ",
					"Spring waits for only 5000 ms, as 'spring.lifecycle.timeout-per-shutdown-phase' says.");
	}

	@Test
	void aListenerWithoutAnEndpoint(CapturedOutput output) {
		assertThat(start(output, "gestalt.tcp.server.orders.port=0", "gestalt.listener.oders.concurrency=4")).contains(
				"Endpoint 'oders' is used by 'gestalt.listener.oders', but not configured.", "Did you mean 'orders'?");
	}

	private static String start(CapturedOutput output, String... properties) {
		return FailedStart.output(output, FailedStart.application(), properties);
	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerConfiguration {

		@Bean
		SmartInitializingSingleton listener(GestaltEndpoints endpoints) {
			return () -> endpoints.get("orders");
		}

	}

}
