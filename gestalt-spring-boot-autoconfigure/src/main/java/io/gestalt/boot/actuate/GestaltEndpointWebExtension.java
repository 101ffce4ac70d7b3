package io.gestalt.boot.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.gestalt.boot.endpoint.UnknownEndpointException;
import io.gestalt.boot.support.Similarity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeType;

/** Knows who asks, and answers with statuses that a client of HTTP understands. */
@EndpointWebExtension(endpoint = GestaltEndpoint.class)
final class GestaltEndpointWebExtension {

	private static final MimeType TEXT = new MimeType("text", "plain");

	private static final String MERMAID = "mermaid";

	private final GestaltEndpoint endpoint;

	private final GestaltEndpointProperties properties;

	GestaltEndpointWebExtension(GestaltEndpoint endpoint, GestaltEndpointProperties properties) {
		this.endpoint = endpoint;
		this.properties = properties;
	}

	@ReadOperation
	WebEndpointResponse<Object> graph(SecurityContext securityContext, @Nullable String format) {
		boolean shown = shown(securityContext);
		return respond(format, () -> this.endpoint.graph(shown), () -> this.endpoint.chart(null, shown));
	}

	@ReadOperation
	WebEndpointResponse<Object> node(SecurityContext securityContext, @Selector String name, @Nullable String format) {
		boolean shown = shown(securityContext);
		return respond(format, () -> this.endpoint.node(name, shown), () -> this.endpoint.chart(name, shown));
	}

	@WriteOperation
	WebEndpointResponse<Object> operate(SecurityContext securityContext, @Selector String name,
			@Nullable String operation, @Nullable String peer, @Nullable String concurrency,
			@Nullable String duration) {
		return respond(() -> new WebEndpointResponse<>(this.endpoint.operate(name,
				new OperationRequest(operation, peer, concurrency, duration), shown(securityContext))));
	}

	private boolean shown(SecurityContext securityContext) {
		return this.properties.showValues().isShown(securityContext, this.properties.roles());
	}

	private WebEndpointResponse<Object> respond(@Nullable String format, Supplier<Object> json,
			Supplier<String> chart) {
		if (format == null || format.equals("json")) {
			return respond(() -> new WebEndpointResponse<>(json.get()));
		}
		if (format.equals(MERMAID)) {
			return respond(() -> new WebEndpointResponse<>(chart.get(), TEXT));
		}
		return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Format '%s' is unknown".formatted(format),
				"Ask for 'json' or 'mermaid'.");
	}

	private WebEndpointResponse<Object> respond(Supplier<WebEndpointResponse<Object>> response) {
		try {
			return response.get();
		}
		catch (UnknownEndpointException ex) {
			Set<String> known = this.endpoint.names();
			String action = Similarity.closest(ex.endpoint(), known).map("Did you mean '%s'? "::formatted).orElse("");
			return problem(WebEndpointResponse.STATUS_NOT_FOUND, "Endpoint '%s' is unknown".formatted(ex.endpoint()),
					"%sThere are %s.".formatted(action, known));
		}
		catch (OperationRefusedException ex) {
			return problem(WebEndpointResponse.STATUS_BAD_REQUEST, String.valueOf(ex.getMessage()), ex.action());
		}
	}

	private static WebEndpointResponse<Object> problem(int status, String error, String action) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", error);
		body.put("action", action);
		return new WebEndpointResponse<>(OperationResponseBody.of(body), status);
	}

}
