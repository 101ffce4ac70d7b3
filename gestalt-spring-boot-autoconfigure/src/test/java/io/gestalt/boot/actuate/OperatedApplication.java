package io.gestalt.boot.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.gestalt.boot.WithoutSecurity;
import io.gestalt.boot.annotation.GestaltListener;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that is operated over HTTP, on a management port of its own. */
public final class OperatedApplication implements AutoCloseable {

	private static final List<String> COMMON = List.of("server.port=0", "management.server.port=0",
			"management.endpoints.web.exposure.include=gestalt,health", "management.health.rabbit.enabled=false",
			"spring.main.banner-mode=off", "gestalt.defaults.reconnect.initial-interval=20ms",
			"gestalt.defaults.reconnect.max-interval=100ms");

	static final String OPEN = "spring.autoconfigure.exclude=" + WithoutSecurity.EXCLUDED;

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private @Nullable String credentials;

	private OperatedApplication(Class<?> configuration, Stream<String> properties) {
		this.context = new SpringApplicationBuilder(configuration).web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.run(Stream.concat(COMMON.stream(), properties).map((property) -> "--" + property).toArray(String[]::new));
	}

	/** Has one server, 'orders', and whatever else is configured. */
	static OperatedApplication open(String... properties) {
		return of(Application.class, properties);
	}

	public static OperatedApplication of(Class<?> configuration, String... properties) {
		return new OperatedApplication(configuration,
				Stream.concat(Stream.of(OPEN, "gestalt.amqp.embedded.enabled=false"), Stream.of(properties)));
	}

	/** Lets in only who is known. */
	static OperatedApplication secured(String... properties) {
		return new OperatedApplication(Application.class,
				Stream.concat(Stream.of("gestalt.amqp.embedded.enabled=false"), Stream.of(properties)));
	}

	OperatedApplication as(String user, String password) {
		this.credentials = Base64.getEncoder()
			.encodeToString("%s:%s".formatted(user, password).getBytes(StandardCharsets.UTF_8));
		return this;
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	public HttpResponse<String> get(String path) {
		return exchange(request("/actuator" + path).GET());
	}

	public DocumentContext read(String path) {
		return JsonPath.parse(get("/gestalt" + path).body());
	}

	String state(String endpoint) {
		return read("/" + endpoint).read("$.state");
	}

	public int readiness() {
		return get("/health/readiness").statusCode();
	}

	/** Sends an operation, as JSON that may be written with single quotes. */
	public HttpResponse<String> post(String endpoint, String body) {
		return exchange(request("/actuator/gestalt/" + endpoint).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
	}

	private HttpRequest.Builder request(String path) {
		String port = this.context.getEnvironment().getProperty("local.management.port");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:%s%s".formatted(port, path)));
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

	}

	record Order(String id) {
	}

	record Receipt(String id) {
	}

	/** Handles orders, and knows which. */
	static class Orders {

		final List<String> handled = new CopyOnWriteArrayList<>();

		@GestaltListener("orders")
		Receipt place(Order order) {
			this.handled.add(order.id());
			return new Receipt(order.id());
		}

	}

}
