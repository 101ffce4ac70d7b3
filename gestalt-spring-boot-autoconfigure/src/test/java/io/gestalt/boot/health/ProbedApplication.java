package io.gestalt.boot.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.gestalt.boot.WithoutSecurity;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application that is asked for its health over HTTP, as an orchestrator does. */
final class ProbedApplication implements AutoCloseable {

	private static final String[] COMMON = { "server.port=0", "management.server.port=0",
			"management.endpoint.health.show-details=always", "management.health.rabbit.enabled=false",
			"spring.autoconfigure.exclude=" + WithoutSecurity.EXCLUDED, "spring.main.banner-mode=off",
			"gestalt.amqp.embedded.enabled=false", "gestalt.defaults.reconnect.initial-interval=20ms",
			"gestalt.defaults.reconnect.max-interval=100ms" };

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	ProbedApplication(String... properties) {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.run(Stream.of(COMMON, properties)
				.flatMap(Stream::of)
				.map((property) -> "--" + property)
				.toArray(String[]::new));
	}

	<T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/** HTTP status of a path below the health endpoint. */
	int probe(String path) {
		return get("management", "/actuator/health" + path).statusCode();
	}

	/** HTTP status of a path on the port of the application. */
	int probeApplication(String path) {
		return get("server", path).statusCode();
	}

	/** Status of all endpoints together. */
	String status() {
		return JsonPath.parse(json()).read("$.status", String.class);
	}

	String status(String endpoint) {
		return JsonPath.parse(json()).read("$.components.%s.status".formatted(endpoint), String.class);
	}

	Map<String, Object> details(String endpoint) {
		return JsonPath.parse(json()).read("$.components.%s.details".formatted(endpoint));
	}

	String json() {
		return get("management", "/actuator/health/gestalt").body();
	}

	private HttpResponse<String> get(String server, String path) {
		String port = this.context.getEnvironment().getProperty("local.%s.port".formatted(server));
		try {
			return this.http.send(
					HttpRequest.newBuilder(URI.create("http://localhost:%s%s".formatted(port, path))).build(),
					HttpResponse.BodyHandlers.ofString());
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

	}

}
