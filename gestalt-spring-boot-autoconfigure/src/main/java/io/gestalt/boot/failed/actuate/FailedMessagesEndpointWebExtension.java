package io.gestalt.boot.failed.actuate;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import io.gestalt.boot.actuate.OperationRefusedException;
import io.gestalt.boot.failed.actuate.FailedMessagesEndpoint.Order;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.failed.FailedMessages;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Knows who asks, and answers with statuses that a client of HTTP understands. */
@EndpointWebExtension(endpoint = FailedMessagesEndpoint.class)
final class FailedMessagesEndpointWebExtension {

	private static final int ACCEPTED = 202;

	private final FailedMessagesEndpoint endpoint;

	private final FailedMessagesEndpointProperties properties;

	FailedMessagesEndpointWebExtension(FailedMessagesEndpoint endpoint, FailedMessagesEndpointProperties properties) {
		this.endpoint = endpoint;
		this.properties = properties;
	}

	@ReadOperation
	WebEndpointResponse<Map<String, Object>> list(SecurityContext security, @Nullable String endpoint,
			@Nullable Long after, @Nullable Integer limit) {
		return respond(security, (by) -> this.endpoint.list(by, shown(security), endpoint, after, limit));
	}

	@ReadOperation
	WebEndpointResponse<Map<String, Object>> show(SecurityContext security, @Selector long id) {
		return respond(security, (by) -> this.endpoint.show(by, shown(security), id));
	}

	@WriteOperation
	WebEndpointResponse<Map<String, Object>> operate(SecurityContext security, @Selector long id,
			@Nullable String operation, @Nullable String payload, @Nullable String base64) {
		return respond(security,
				(by) -> this.endpoint.operate(by, shown(security), id, new Order(operation, payload, base64)));
	}

	@DeleteOperation
	WebEndpointResponse<Map<String, Object>> discard(SecurityContext security, @Selector long id) {
		return respond(security, (by) -> this.endpoint.discard(by, id));
	}

	private boolean shown(SecurityContext security) {
		return this.properties.showValues().isShown(security, this.properties.roles());
	}

	private WebEndpointResponse<Map<String, Object>> respond(SecurityContext security,
			Function<FailedMessages, Map<String, Object>> operation) {
		Principal principal = security.getPrincipal();
		FailedMessages by = this.endpoint.as((principal != null) ? principal.getName() : "anonymous");
		try {
			Map<String, Object> body = operation.apply(by);
			return FailedMessagesEndpoint.RUNNING.equals(body.get("outcome"))
					? new WebEndpointResponse<>(body, ACCEPTED) : new WebEndpointResponse<>(body);
		}
		catch (FailedMessageException ex) {
			return problem(
					ex.isUnknown() ? WebEndpointResponse.STATUS_NOT_FOUND : WebEndpointResponse.STATUS_BAD_REQUEST, ex,
					ex.action());
		}
		catch (OperationRefusedException ex) {
			return problem(WebEndpointResponse.STATUS_BAD_REQUEST, ex, ex.action());
		}
	}

	private static WebEndpointResponse<Map<String, Object>> problem(int status, RuntimeException failure,
			String action) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", String.valueOf(failure.getMessage()));
		body.put("action", action);
		return new WebEndpointResponse<>(OperationResponseBody.of(body), status);
	}

}
