package io.gestalt.boot.amqp;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.gestalt.amqp.connection.FirstContact;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.endpoint.EndpointState;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A broker that takes connections and says nothing. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class SilentBrokerStartTests {

	private static final Pattern WAITED = Pattern.compile("has not reached RabbitMQ within (\\d+) ms");

	@Test
	@Tag("slow")
	void threeEndpointsWaitNoLongerThanOneAndEndAtOnce(CapturedOutput output) throws Exception {
		try (ServerSocket broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class,
						TaskExecutionAutoConfiguration.class, CodecAutoConfiguration.class,
						EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
						ListenerAutoConfiguration.class, RabbitAutoConfiguration.class, AmqpAutoConfiguration.class))
				.withBean(Ticks.class)
				.withPropertyValues("spring.rabbitmq.host=127.0.0.1", "spring.rabbitmq.port=" + broker.getLocalPort(),
						"gestalt.amqp.subscriber.one.exchange=market", "gestalt.amqp.subscriber.two.exchange=market",
						"gestalt.amqp.subscriber.three.exchange=market")
				.run((context) -> assertThat(context.getBean(GestaltEndpoints.class).all())
					.allSatisfy((endpoint) -> assertThat(endpoint.state()).isEqualTo(EndpointState.CONNECTING)));
		}
		List<Integer> waited = WAITED.matcher(output.getAll())
			.results()
			.map((result) -> Integer.parseInt(result.group(1)))
			.toList();
		assertThat(waited).last(InstanceOfAssertFactories.INTEGER).isLessThan(1000);
		assertThat(waited.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(10_000);
		assertThat(output).contains("Endpoint 'one' stopped", "Endpoint 'two' stopped", "Endpoint 'three' stopped")
			.doesNotContain("still running after timeout");
	}

	@Test
	void theBrokerIsWaitedForAgainOnceItHasAnswered() {
		FirstContact contact = new FirstContact();
		assertThat(contact.patience()).hasSeconds(10);
		assertThat(contact.patience()).isLessThanOrEqualTo(Duration.ofSeconds(10));
		contact.made();
		assertThat(contact.patience()).hasSeconds(10);
	}

	static class Ticks {

		@GestaltListener("one")
		void one(String tick) {
			// nothing comes
		}

		@GestaltListener("two")
		void two(String tick) {
			// nothing comes
		}

		@GestaltListener("three")
		void three(String tick) {
			// nothing comes
		}

	}

}
