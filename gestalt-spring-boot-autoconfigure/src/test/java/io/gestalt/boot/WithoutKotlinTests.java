package io.gestalt.boot;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.client.GestaltClientFactory;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.KotlinDetector;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Runs on class paths from which libraries of Kotlin are missing. */
@Timeout(60)
class WithoutKotlinTests {

	@Test
	void listensAndAsksWithoutKotlin() throws Exception {
		assertThat(ReducedClassPath.call(JavaApplication.class, "kotlin")).isEqualTo("re a, without Kotlin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kotlin-reflect", "kotlinx-coroutines-reactor" })
	void whatSuspendsNeedsItsLibraries(String missing) throws Exception {
		assertThat(ReducedClassPath.call(SuspendingApplication.class, missing).toString().lines()).containsExactly(
				"Listener 'Orders.place(Order)' suspends, "
						+ "but kotlin-reflect or kotlinx-coroutines-reactor is not on the class path",
				"Client method 'LonelyClient.ask' suspends, "
						+ "but kotlin-reflect or kotlinx-coroutines-reactor is not on the class path");
	}

	public static final class JavaApplication implements Callable<String> {

		public JavaApplication() {
		}

		@Override
		public String call() throws Exception {
			try (TestEndpoints endpoints = new TestEndpoints()) {
				TcpServerEndpoint server = endpoints.server("echo");
				endpoints.refresh(Echo.class);
				endpoints.client("echo-client", server, Duration.ofSeconds(10)).start();
				String reply = client(endpoints, EchoClient.class).getBean(EchoClient.class).echo("a");
				return reply + (KotlinDetector.isKotlinPresent() ? "" : ", without Kotlin");
			}
		}

	}

	public static final class SuspendingApplication implements Callable<String> {

		public SuspendingApplication() {
		}

		@Override
		public String call() throws Exception {
			try (TestEndpoints endpoints = new TestEndpoints()) {
				endpoints.server("orders");
				Class<?> warehouse = Class.forName("io.gestalt.boot.kotlin.Warehouse");
				Class<?> orders = Class.forName("io.gestalt.boot.kotlin.Orders");
				Throwable listener = catchThrowable(() -> endpoints.refresh(warehouse, orders));
				TcpServerEndpoint server = endpoints.openServer(Listener.of(String.class, (payload, context) -> null));
				endpoints.client("orders-client", server, Duration.ofSeconds(10));
				Class<?> lonely = Class.forName("io.gestalt.boot.kotlin.LonelyClient");
				Throwable client = NestedExceptionUtils.getRootCause(catchThrowable(() -> client(endpoints, lonely)));
				return listener.getMessage() + "\n" + client.getMessage();
			}
		}

	}

	static AnnotationConfigApplicationContext client(TestEndpoints endpoints, Class<?> type) {
		return endpoints.refresh((context) -> context.registerBean("client", GestaltClientFactory.class, type));
	}

	static class Echo {

		@GestaltListener("echo")
		String on(String payload) {
			return "re " + payload;
		}

	}

	@GestaltClient("echo-client")
	interface EchoClient {

		String echo(String payload);

	}

}
