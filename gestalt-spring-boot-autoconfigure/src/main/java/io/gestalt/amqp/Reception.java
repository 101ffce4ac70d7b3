package io.gestalt.amqp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import io.gestalt.amqp.consume.AmqpConsumption;
import io.gestalt.amqp.receive.AmqpReplay;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener of an endpoint that receives, and what consumes for it while it runs. */
final class Reception {

	private static final Logger logger = LoggerFactory.getLogger(Reception.class);

	private final AmqpSettings settings;

	private final String queue;

	private final Counters counters;

	private final Function<Listener, AmqpConsumption> consumptions;

	private final AmqpLifecycle lifecycle;

	private volatile @Nullable Listener listener;

	private volatile @Nullable AmqpConsumption consumption;

	private volatile boolean paused;

	/** How many consumers there are to be, 0 for as many as the options say. */
	private int concurrency;

	/**
	 * Prepares to receive.
	 * @param settings those of the endpoint
	 * @param queue name of the queue
	 * @param counters those of the endpoint
	 * @param consumptions makes what consumes for a listener
	 */
	Reception(AmqpSettings settings, String queue, Counters counters,
			Function<Listener, AmqpConsumption> consumptions) {
		this.settings = settings;
		this.queue = queue;
		this.counters = counters;
		this.consumptions = consumptions;
		this.lifecycle = new AmqpLifecycle(settings);
	}

	void listen(Listener handlers) {
		if (running()) {
			throw new EndpointException(this.settings.name(),
					"Endpoint '%s' is running and cannot take another listener".formatted(this.settings.name()));
		}
		this.listener = handlers;
	}

	void start() {
		this.lifecycle.start(this::begin);
	}

	private void begin() {
		Listener handlers = this.listener;
		if (handlers == null) {
			logger.warn("Endpoint '{}' has no listener, queue '{}' is not consumed", this.settings.name(), this.queue);
			return;
		}
		AmqpConsumption begun = this.consumptions.apply(handlers);
		if (this.concurrency > 0) {
			begun.concurrency(this.concurrency);
		}
		begun.start();
		this.consumption = begun;
	}

	/** Has a message handled once more, by the handlers that there are. */
	CompletableFuture<@Nullable Object> replay(FailedMessage message, Function<Listener, AmqpReplay> replays) {
		Listener handlers = this.listener;
		if (handlers == null) {
			return CompletableFuture.failedFuture(FailedMessageException.refused(message.id(),
					"Endpoint '%s' of failed message %d has no listener".formatted(this.settings.name(), message.id()),
					"Give the endpoint a listener, or discard the message."));
		}
		return replays.apply(handlers).replay(message);
	}

	@Nullable Listener listener() {
		return this.listener;
	}

	/** Consumes nothing for now; what is not handled in time goes back to the queue. */
	void pause(Duration grace) {
		this.lifecycle.change(() -> {
			AmqpConsumption begun = this.consumption;
			if (begun == null && !this.paused) {
				throw new EndpointException(this.settings.name(),
						"Endpoint '%s' has no listener, so it takes nothing in that could be paused"
							.formatted(this.settings.name()));
			}
			this.paused = true;
			this.consumption = null;
			if (begun != null) {
				begun.stop(grace);
			}
		});
	}

	void resume() {
		if (this.paused) {
			this.lifecycle.change(() -> {
				begin();
				this.paused = false;
			});
		}
	}

	boolean paused() {
		return this.paused;
	}

	void concurrency(int consumers) {
		this.lifecycle.change(() -> {
			AmqpConsumption begun = this.consumption;
			if (begun != null) {
				begun.concurrency(consumers);
			}
			this.concurrency = consumers;
		});
	}

	/**
	 * Consumes nothing more.
	 * @param last is done when all handlers are, in the time that is left, and says how
	 * many messages nobody has confirmed
	 */
	StopReport stop(Duration grace, ToIntFunction<Duration> last) {
		return this.lifecycle.stop(grace, (period) -> {
			long handled = this.counters.get(Counter.HANDLED);
			AmqpConsumption begun = this.consumption;
			int returned = (begun != null) ? begun.stop(grace) : 0;
			this.consumption = null;
			this.paused = false;
			int dropped = last.applyAsInt(period.left());
			return new StopReport(this.counters.get(Counter.HANDLED) - handled, 0, returned, dropped, period.elapsed());
		});
	}

	boolean running() {
		return this.lifecycle.running();
	}

	EndpointState state() {
		AmqpConsumption begun = this.consumption;
		if (begun != null) {
			return begun.state();
		}
		return this.paused ? EndpointState.PAUSED : EndpointState.STOPPED;
	}

	@Nullable Throwable lastError() {
		AmqpConsumption begun = this.consumption;
		return (begun != null) ? begun.lastError() : null;
	}

	EndpointLoad load() {
		AmqpConsumption begun = this.consumption;
		return (begun != null) ? begun.load() : EndpointLoad.NONE;
	}

	int consumers() {
		AmqpConsumption begun = this.consumption;
		return (begun != null) ? begun.consumers() : 0;
	}

}
