package io.gestalt.amqp.consume.state;

import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a queue is consumed, and what is told of it. */
public final class ConsumptionState {

	private static final Logger logger = LoggerFactory.getLogger(ConsumptionState.class);

	private final String endpoint;

	private final String queue;

	private final Counters counters;

	private FirstAttempt first;

	private int consuming;

	/** Consumers that have lost their channel and have no other yet. */
	private int lost;

	private boolean warned;

	private volatile EndpointState state = EndpointState.STOPPED;

	private volatile @Nullable Throwable lastError;

	public ConsumptionState(String endpoint, String queue, Counters counters) {
		this.endpoint = endpoint;
		this.queue = queue;
		this.counters = counters;
		this.first = new FirstAttempt(endpoint);
	}

	public EndpointState get() {
		return this.state;
	}

	public boolean isStopped() {
		return this.state == EndpointState.STOPPED;
	}

	/** What went wrong last, {@code null} if nothing did since it consumes. */
	public @Nullable Throwable lastError() {
		return this.lastError;
	}

	/** How many consumers there are that have not lost their channel. */
	public synchronized int consumers() {
		return this.consuming;
	}

	/**
	 * Consumers are about to begin.
	 * @return is over with the first that has begun, or has failed to
	 */
	public synchronized FirstAttempt started() {
		this.state = EndpointState.CONNECTING;
		this.lastError = null;
		this.lost = 0;
		this.warned = false;
		this.first = new FirstAttempt(this.endpoint);
		return this.first;
	}

	public synchronized void stopped() {
		this.state = EndpointState.STOPPED;
	}

	/** A consumer has begun. */
	public synchronized void consuming() {
		this.counters.increment(Counter.CONNECTED);
		if (this.lost > 0) {
			this.lost--;
			this.counters.increment(Counter.RECONNECTED);
		}
		this.consuming++;
		this.lastError = null;
		if (!isStopped()) {
			this.state = EndpointState.READY;
		}
		if (this.warned) {
			this.warned = false;
			logger.info("Endpoint '{}' consumes queue '{}' again", this.endpoint, this.queue);
		}
		this.first.succeeded();
	}

	/** A consumer has lost its channel. */
	public synchronized void lost(@Nullable Throwable reason) {
		this.counters.increment(Counter.DISCONNECTED);
		this.lost++;
		this.consuming--;
		if (this.consuming == 0 && !isStopped()) {
			this.state = EndpointState.CONNECTING;
			if (reason != null) {
				fault(reason);
			}
		}
	}

	/** A consumer is not needed any more. */
	public synchronized void left() {
		this.consuming--;
	}

	/** A consumer could not begin, or go on. */
	public synchronized void failed(Exception cause) {
		this.counters.increment(Counter.CONNECT_FAILED);
		fault(cause);
		this.first.failed(cause);
	}

	/** Tells of the first fault only, until it consumes again. */
	private void fault(Throwable cause) {
		this.lastError = cause;
		if (!this.warned && !isStopped()) {
			this.warned = true;
			logger.warn("Endpoint '{}' cannot consume queue '{}' and keeps trying: {}", this.endpoint, this.queue,
					reason(cause));
		}
	}

	private static String reason(Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return String.valueOf((root.getMessage() != null) ? root.getMessage() : root);
	}

}
