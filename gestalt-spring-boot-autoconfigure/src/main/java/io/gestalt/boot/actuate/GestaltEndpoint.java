package io.gestalt.boot.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.gestalt.boot.endpoint.UnknownEndpointException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Shows the live graph of endpoints, and operates them. */
@Endpoint(id = "gestalt")
public final class GestaltEndpoint {

	private final GraphReader graph;

	private final EndpointOperations operations;

	private final List<OperableNodes> others;

	private final Sanitizer sanitizer;

	private final boolean shown;

	/**
	 * Creates the endpoint.
	 * @param graph reads the endpoints
	 * @param operations operates them
	 * @param others what there is beside endpoints
	 * @param sanitizer hides what the application wants to be hidden
	 * @param shown whether values are shown where nobody asks who wants to see them
	 */
	GestaltEndpoint(GraphReader graph, EndpointOperations operations, List<OperableNodes> others, Sanitizer sanitizer,
			boolean shown) {
		this.graph = graph;
		this.operations = operations;
		this.others = List.copyOf(others);
		this.sanitizer = sanitizer;
		this.shown = shown;
	}

	/** All endpoints, and what there is beside them. */
	@ReadOperation
	public Map<String, Object> graph() {
		return graph(this.shown);
	}

	/** One endpoint. */
	@ReadOperation
	public Object node(@Selector String name) {
		return node(name, this.shown);
	}

	/** Does something with an endpoint, and says what came of it. */
	@WriteOperation
	public Map<String, Object> operate(@Selector String name, @Nullable String operation, @Nullable String peer,
			@Nullable String concurrency, @Nullable String duration) {
		return operate(name, new OperationRequest(operation, peer, concurrency, duration), this.shown);
	}

	Map<String, Object> operate(String name, OperationRequest request, boolean showValues) {
		String operation = request.operation();
		Map<String, Object> outcome = new LinkedHashMap<>();
		outcome.put("name", name);
		outcome.put("operation", String.valueOf(operation));
		OperableNodes other = other(name);
		if (other != null) {
			outcome.putAll(other.operate(name, String.valueOf(operation), request.arguments()));
		}
		else {
			Map<String, Object> result = this.operations.perform(name, request,
					new ShownValues(this.sanitizer, showValues));
			outcome.put("state", this.graph.read(name, new ShownValues(this.sanitizer, false)).state());
			outcome.putAll(result);
		}
		return OperationResponseBody.of(outcome);
	}

	Map<String, Object> graph(boolean showValues) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("endpoints", endpoints(showValues));
		ShownValues values = new ShownValues(this.sanitizer, showValues);
		this.others.forEach((nodes) -> all.put(nodes.section(), section(nodes, values)));
		return OperationResponseBody.of(all);
	}

	private static Map<String, Object> section(OperableNodes nodes, ShownValues values) {
		Map<String, Object> section = new TreeMap<>();
		for (String name : nodes.names()) {
			Object node = nodes.node(name, values);
			if (node != null) {
				section.put(name, node);
			}
		}
		return section;
	}

	/** Draws all, or what has a name. */
	String chart(@Nullable String name, boolean showValues) {
		Mermaid chart = new Mermaid();
		OperableNodes other = (name != null) ? other(name) : null;
		if (name != null && other != null) {
			chart.node(name, other.caption(name));
		}
		else if (name != null) {
			chart.endpoint(name, endpoint(name, showValues));
		}
		else {
			endpoints(showValues).forEach(chart::endpoint);
			this.others.forEach((nodes) -> nodes.names().forEach((each) -> chart.node(each, nodes.caption(each))));
		}
		return chart.text();
	}

	Map<String, EndpointNode> endpoints(boolean showValues) {
		return this.graph.read(new ShownValues(this.sanitizer, showValues));
	}

	Object node(String name, boolean showValues) {
		OperableNodes other = other(name);
		Object known = (other != null) ? other.node(name, new ShownValues(this.sanitizer, showValues)) : null;
		return (known != null) ? known : endpoint(name, showValues);
	}

	/**
	 * One endpoint.
	 * @throws UnknownEndpointException if there is none of that name
	 */
	EndpointNode endpoint(String name, boolean showValues) {
		return this.graph.read(name, new ShownValues(this.sanitizer, showValues));
	}

	/** The names of all endpoints, and of what there is beside them. */
	Set<String> names() {
		Set<String> names = new TreeSet<>(endpoints(false).keySet());
		this.others.forEach((nodes) -> names.addAll(nodes.names()));
		return names;
	}

	/** Endpoints come first: what is made by calls may have the name of one. */
	private @Nullable OperableNodes other(String name) {
		return this.graph.knows(name) ? null
				: this.others.stream().filter((nodes) -> nodes.names().contains(name)).findFirst().orElse(null);
	}

}
