package io.gestalt.boot.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.gestalt.boot.endpoint.EndpointDescription;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/** Starts the endpoints of one role with the application, and stops them with it. */
public final class EndpointLifecycle implements SmartLifecycle {

	/**
	 * Servers stop first, with listener containers and executors: Spring's executors wait
	 * in this phase for what they run, and meanwhile nothing more may be taken in.
	 */
	public static final int SERVER_PHASE = DEFAULT_PHASE;

	/** Clients stop after Boot's web server, whose last requests may need them. */
	public static final int CLIENT_PHASE = DEFAULT_PHASE - 3072;

	private static final Logger logger = LoggerFactory.getLogger(EndpointLifecycle.class);

	private final EndpointRole role;

	private final GestaltEndpoints endpoints;

	private final Duration grace;

	private final Shutdown shutdown;

	private volatile boolean running;

	EndpointLifecycle(EndpointRole role, GestaltEndpoints endpoints, Duration grace, Shutdown shutdown) {
		this.role = role;
		this.endpoints = endpoints;
		this.grace = grace;
		this.shutdown = shutdown;
	}

	@Override
	public void start() {
		// Set first: only what runs is stopped when a later endpoint fails to start.
		this.running = true;
		try (EarlyEnd end = new EarlyEnd()) {
			for (Endpoint endpoint : members()) {
				if (!end.requested()) {
					start(endpoint, this.endpoints.describe(endpoint.name()), end);
				}
			}
		}
	}

	private static void start(Endpoint endpoint, EndpointDescription description, EarlyEnd end) {
		if (!description.autoStartup()) {
			logger.info("Endpoint '{}' is not opened, as its 'auto-startup' is false: {}", endpoint.name(),
					description.traits());
			return;
		}
		try {
			endpoint.start();
		}
		catch (EndpointException ex) {
			if (!end.requested()) {
				throw new EndpointStartException(description.property(), ex);
			}
		}
	}

	/**
	 * Opens an endpoint while the application runs.
	 * @throws EndpointException if it cannot be opened, or the application stops
	 */
	public void open(Endpoint endpoint) {
		if (this.running) {
			endpoint.start();
		}
		if (!this.running) {
			endpoint.stop(Duration.ZERO);
			throw new EndpointException(endpoint.name(),
					"Endpoint '%s' cannot be opened, as the application stops".formatted(endpoint.name()));
		}
	}

	/** How long handlers may take for what was accepted before. */
	public Duration grace() {
		return this.grace;
	}

	/** Whose endpoints these are. */
	public EndpointRole role() {
		return this.role;
	}

	@Override
	public void stop() {
		stopAll().join();
	}

	@Override
	public void stop(Runnable callback) {
		stopAll().whenComplete((done, failure) -> callback.run());
	}

	private CompletableFuture<Void> stopAll() {
		this.running = false;
		Duration left = this.shutdown.left(this.grace);
		CompletableFuture<?>[] stops = members().stream()
			.filter(Endpoint::running)
			.map((endpoint) -> CompletableFuture.runAsync(() -> stop(endpoint, left),
					(task) -> new Thread(task, "gestalt-stop-" + endpoint.name()).start()))
			.toArray(CompletableFuture[]::new);
		return CompletableFuture.allOf(stops).thenRun(() -> this.shutdown.stopped(this.role));
	}

	private static void stop(Endpoint endpoint, Duration left) {
		try {
			endpoint.stop(left);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Endpoint '{}' did not stop as it should", endpoint.name(), ex);
		}
	}

	private List<Endpoint> members() {
		return this.endpoints.all()
			.stream()
			.filter((endpoint) -> this.endpoints.describe(endpoint.name()).role() == this.role)
			.toList();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return (this.role == EndpointRole.SERVER) ? SERVER_PHASE : CLIENT_PHASE;
	}

}
