package io.gestalt.boot.failed;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.gestalt.boot.WithoutSecurity;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.failed.FailedMessages;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.awaitility.Awaitility.await;

/** An application whose failed messages are managed over HTTP, on a port of its own. */
public final class ManagedApplication implements AutoCloseable {

	private static final List<String> COMMON = List.of("server.port=0", "management.server.port=0",
			"management.endpoints.web.exposure.include=gestaltfailed,auditevents,metrics",
			"management.health.rabbit.enabled=false", "spring.main.banner-mode=off",
			"gestalt.tcp.server.orders.address=127.0.0.1", "gestalt.tcp.server.orders.port=0",
			"gestalt.amqp.embedded.enabled=false");

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private @Nullable String credentials;

	private ManagedApplication(Class<?> configuration, Stream<String> properties) {
		this.context = new SpringApplicationBuilder(configuration).web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.run(Stream.concat(COMMON.stream(), properties).map((property) -> "--" + property).toArray(String[]::new));
	}

	/** Lets everybody in. */
	public static ManagedApplication open(String... properties) {
		return new ManagedApplication(Application.class, Stream
			.concat(Stream.of("spring.autoconfigure.exclude=" + WithoutSecurity.EXCLUDED), Stream.of(properties)));
	}

	/** Lets in only who is known. */
	public static ManagedApplication secured(String... properties) {
		return new ManagedApplication(SecuredApplication.class,
				Stream.concat(Stream.of("spring.security.user.name=ops", "spring.security.user.password=secret"),
						Stream.of(properties)));
	}

	public ManagedApplication as(String user, String password) {
		this.credentials = Base64.getEncoder()
			.encodeToString("%s:%s".formatted(user, password).getBytes(StandardCharsets.UTF_8));
		return this;
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public <T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/** Sends a payload to the server and waits until so many have failed. */
	public void fail(String payload, int failed) throws IOException {
		byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bean(TcpServerEndpoint.class).port())) {
			DataOutputStream out = new DataOutputStream(socket.getOutputStream());
			out.writeInt(bytes.length);
			out.write(bytes);
			await().until(() -> bean(FailedMessages.class).counts(null).kept() == failed);
		}
	}

	public HttpResponse<String> get(String path) {
		return exchange(request(path).GET());
	}

	public DocumentContext read(String path) {
		return JsonPath.parse(get("/gestaltfailed" + path).body());
	}

	/** Sends an operation. */
	public HttpResponse<String> post(long id, String body) {
		return exchange(request("/gestaltfailed/" + id).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	public HttpResponse<String> delete(long id) {
		return exchange(request("/gestaltfailed/" + id).DELETE());
	}

	private HttpRequest.Builder request(String path) {
		String port = this.context.getEnvironment().getProperty("local.management.port");
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:%s/actuator%s".formatted(port, path)));
		return (this.credentials != null) ? request.header("Authorization", "Basic " + this.credentials) : request;
	}

	private HttpResponse<String> exchange(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Orders orderDesk() {
			return new Orders();
		}

		@Bean
		AuditEventRepository auditEvents() {
			return new InMemoryAuditEventRepository();
		}

	}

	/** Browsers are not expected, so there is no protection from what they might send. */
	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class SecuredApplication {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.csrf((csrf) -> csrf.disable())
				.httpBasic(Customizer.withDefaults())
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.build();
		}

	}

	public record Order(String id) {
	}

	/** Takes orders, but none that is bad; a slow one takes until the threads end. */
	public static class Orders {

		public final List<String> handled = new CopyOnWriteArrayList<>();

		public final CountDownLatch slow = new CountDownLatch(1);

		@GestaltListener("orders")
		void take(Order order) throws InterruptedException {
			if (order.id().startsWith("slow")) {
				this.slow.countDown();
				new CountDownLatch(1).await();
			}
			if (order.id().startsWith("bad")) {
				throw new IllegalStateException("no room for " + order.id());
			}
			this.handled.add(order.id());
		}

	}

}
