package io.gestalt.boot.observation;

import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/** A request under way, and the headers that its trace goes on with. */
public final class RequestContext extends SenderContext<Map<String, @Nullable Object>> {

	private final String endpoint;

	private final String operation;

	RequestContext(String endpoint, String operation, Map<String, @Nullable Object> headers) {
		super((carrier, name, value) -> {
			if (carrier != null) {
				carrier.put(name, value);
			}
		}, Kind.CLIENT);
		setCarrier(headers);
		this.endpoint = endpoint;
		this.operation = operation;
	}

	/** Name of the endpoint. */
	public String endpoint() {
		return this.endpoint;
	}

	/** Type of the payload. */
	public String operation() {
		return this.operation;
	}

}
