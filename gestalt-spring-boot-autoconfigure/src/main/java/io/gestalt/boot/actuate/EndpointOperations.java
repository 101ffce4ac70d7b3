package io.gestalt.boot.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.EndpointLifecycle;
import io.gestalt.boot.support.Similarity;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.IntakeEndpoint;
import io.gestalt.endpoint.StopReport;
import io.gestalt.message.GestaltException;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operates endpoints while the application runs. */
final class EndpointOperations {

	private static final Logger logger = LoggerFactory.getLogger(EndpointOperations.class);

	private static final List<String> OPERATIONS = List.of("start", "stop", "pause", "resume", "concurrency",
			"disconnect", "wire-log");

	private final GestaltEndpoints endpoints;

	private final Collection<EndpointLifecycle> lifecycles;

	private final WireLogs wireLogs;

	EndpointOperations(GestaltEndpoints endpoints, Collection<EndpointLifecycle> lifecycles, WireLogs wireLogs) {
		this.endpoints = endpoints;
		this.lifecycles = lifecycles;
		this.wireLogs = wireLogs;
	}

	/**
	 * Does something with an endpoint.
	 * @param values shows the texts of errors, or hides them
	 * @return what came of it, beside the state of the endpoint
	 * @throws OperationRefusedException if it cannot be done
	 * @throws io.gestalt.boot.endpoint.UnknownEndpointException if there is none of that
	 * name
	 */
	Map<String, Object> perform(String name, OperationRequest request, ShownValues values) {
		Endpoint endpoint = this.endpoints.get(name);
		try {
			Map<String, Object> outcome = perform(endpoint, request);
			logger.info("Endpoint '{}' was operated: {}", name, request.operation());
			return outcome;
		}
		catch (OperationRefusedException ex) {
			throw ex;
		}
		catch (GestaltException ex) {
			throw new OperationRefusedException(
					"Endpoint '%s' refuses '%s': %s".formatted(name, request.operation(), text(name, ex, values)),
					action(name, ex, values), ex);
		}
	}

	/** What has a cause tells of places, and what the system says of them. */
	private static @Nullable Object text(String name, GestaltException failure, ShownValues values) {
		return (failure.getCause() != null) ? error(name, failure, values) : failure.getMessage();
	}

	private static @Nullable Object error(String name, Throwable failure, ShownValues values) {
		return values.of(name, "error", String.valueOf(failure.getMessage()));
	}

	private static String action(String name, GestaltException failure, ShownValues values) {
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return (root != failure) ? "See to what is behind it, and try again: %s".formatted(error(name, root, values))
				: "Read the endpoint to see in what state it is.";
	}

	private Map<String, Object> perform(Endpoint endpoint, OperationRequest request) {
		switch (String.valueOf(request.operation())) {
			case "start" -> lifecycle(endpoint).open(endpoint);
			case "stop" -> {
				return report(endpoint.stop(lifecycle(endpoint).grace()));
			}
			case "pause" -> intake(endpoint).pause(lifecycle(endpoint).grace());
			case "resume" -> intake(endpoint).resume();
			case "concurrency" -> intake(endpoint).concurrency(request.requiredConcurrency());
			case "disconnect" -> disconnect(endpoint, request.requiredPeer());
			case "wire-log" -> this.wireLogs.write(endpoint, request.requiredDuration());
			default -> throw unknown(request);
		}
		return Map.of();
	}

	private static OperationRefusedException unknown(OperationRequest request) {
		String operation = request.operation();
		if (operation == null) {
			return new OperationRefusedException("No operation is named",
					"Send a body such as {\"operation\": \"pause\"}; there are %s.".formatted(OPERATIONS));
		}
		String action = Similarity.closest(operation, OPERATIONS).map("Did you mean '%s'? "::formatted).orElse("");
		return new OperationRefusedException("Operation '%s' is unknown".formatted(operation),
				"%sThere are %s.".formatted(action, OPERATIONS));
	}

	private EndpointLifecycle lifecycle(Endpoint endpoint) {
		EndpointRole role = this.endpoints.describe(endpoint.name()).role();
		return this.lifecycles.stream()
			.filter((lifecycle) -> lifecycle.role() == role)
			.findFirst()
			.orElseThrow(() -> new OperationRefusedException(
					"Endpoint '%s' belongs to no lifecycle".formatted(endpoint.name()),
					"Start and stop it where the application does."));
	}

	private static Map<String, Object> report(StopReport report) {
		return new TreeMap<>(Map.of("handled", report.handled(), "abandoned", report.abandoned(), "returned",
				report.returned(), "dropped", report.dropped(), "elapsedMillis", report.elapsed().toMillis()));
	}

	private static IntakeEndpoint intake(Endpoint endpoint) {
		if (endpoint instanceof IntakeEndpoint intake) {
			return intake;
		}
		throw new OperationRefusedException(
				"Endpoint '%s' only sends: it takes nothing in that could be paused, and has no handlers"
					.formatted(endpoint.name()),
				"Stop it, so that it refuses what is to be sent.");
	}

	private static void disconnect(Endpoint endpoint, String id) {
		Peer peer = endpoint.peers()
			.stream()
			.filter((candidate) -> candidate.id().equals(id))
			.findFirst()
			.orElseThrow(
					() -> new OperationRefusedException("Endpoint '%s' has no peer '%s'".formatted(endpoint.name(), id),
							"It may be gone: 'peers' of a read shows the ids of those that are there."));
		peer.close();
	}

}
