package io.gestalt.amqp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.gestalt.amqp.consume.AmqpConsumption;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.ConsumptionOptions;
import io.gestalt.amqp.publish.Outgoing;
import io.gestalt.amqp.consume.Workers;
import io.gestalt.amqp.receive.AmqpReplay;
import io.gestalt.amqp.receive.BatchReceiver;
import io.gestalt.amqp.receive.DeadLetters;
import io.gestalt.amqp.receive.MessageReceiver;
import io.gestalt.amqp.receive.Settlement;
import io.gestalt.amqp.receive.UnorderedReceiver;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.failed.FailedMessage;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageTypes;
import org.jspecify.annotations.Nullable;

/**
 * Handles what arrives in a queue. A message is acknowledged when its handler is done,
 * tried again when that failed, and put aside when it failed for good; until then the
 * broker keeps it.
 */
public final class AmqpSubscriber implements ReceivingEndpoint {

	private final AmqpSettings settings;

	private final SubscriberOptions options;

	private final Counters counters = new Counters();

	private final Outgoing outgoing;

	private final @Nullable DeadLetters deadLetters;

	private final Reception reception;

	/**
	 * Creates a subscriber that is closed.
	 * @param settings what all AMQP endpoints need
	 * @param options how it consumes
	 */
	public AmqpSubscriber(AmqpSettings settings, SubscriberOptions options) {
		this.settings = settings;
		this.options = options;
		this.reception = new Reception(settings, options.queue(), this.counters, this::consumption);
		this.outgoing = new Outgoing(settings, this.counters);
		this.deadLetters = (options.deadLetter() != null)
				? new DeadLetters(settings, options.deadLetter(), options.queue(), this.outgoing) : null;
	}

	@Override
	public AmqpSettings settings() {
		return this.settings;
	}

	@Override
	public void listen(Listener handlers) {
		this.reception.listen(handlers);
	}

	/**
	 * Begins to consume, as soon as the broker is there.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker refuses its
	 * exchanges or queues
	 * @throws EndpointException if the listener does not fit
	 */
	@Override
	public void start() {
		this.outgoing.start();
		this.reception.start();
	}

	private AmqpConsumption consumption(Listener handlers) {
		return new AmqpConsumption(this.settings, consumptionOptions(handlers), this.counters, receiver(handlers));
	}

	private ConsumptionOptions consumptionOptions(Listener handlers) {
		int prefetch = (this.options.batch() != null) ? Math.max(this.options.prefetch(), this.options.batch().size())
				: this.options.prefetch();
		boolean direct = handlers.execution() == Execution.EVENT_LOOP && handlers.ordering() == Ordering.PEER
				&& this.options.batch() == null;
		return new ConsumptionOptions(this.options.queue(), this.options.exclusive(), this.options.consumerArguments(),
				prefetch, this.options.minConcurrency(), this.options.maxConcurrency(), direct);
	}

	private AmqpReceiver receiver(Listener handlers) {
		Settlement settlement = new Settlement(this.settings, this.options.ack(), this.deadLetters, this.outgoing,
				this.counters);
		if (this.options.batch() != null) {
			checkLists(handlers);
			return new BatchReceiver(handlers, this.settings.codec(), this.options.batch(), this.options.retry(),
					settlement);
		}
		MessageReceiver receiver = new MessageReceiver(handlers, this.settings.codec(), this.options.retry(),
				settlement);
		if (handlers.ordering() == Ordering.PEER) {
			return receiver;
		}
		int concurrency = (handlers.concurrency() > 0) ? handlers.concurrency() : this.options.prefetch();
		return new UnorderedReceiver(receiver, new Workers(this.settings.resources().worker(), concurrency));
	}

	private void checkLists(Listener handlers) {
		Listener.Binding binding = handlers.find(MessageTypes.NONE);
		if (binding != null && BatchReceiver.elementType(binding.payloadType()) == null) {
			throw new EndpointException(name(), "Endpoint '%s' collects batches, but its handler takes '%s' and no list"
				.formatted(name(), binding.payloadType().getTypeName()));
		}
	}

	@Override
	public StopReport stop(Duration grace) {
		return this.reception.stop(grace, this.outgoing::stop);
	}

	/**
	 * Moves messages that failed for good back to where they failed.
	 * @param max how many at the most
	 * @return how many were moved
	 * @throws EndpointException if the subscriber puts nothing aside or is not running,
	 * or the broker cannot be reached
	 */
	public int replay(int max) {
		return replay(max, (headers) -> true);
	}

	/**
	 * Moves some of the messages that failed for good back to where they failed. Those
	 * that are left out keep their place.
	 * @param max how many at the most
	 * @param filter which ones, by their headers, such as {@code x-gestalt-reason}
	 * @return how many were moved
	 */
	public int replay(int max, Predicate<Map<String, Object>> filter) {
		DeadLetters letters = this.deadLetters;
		if (letters == null) {
			throw new EndpointException(name(), "Endpoint '%s' puts no messages aside".formatted(name()));
		}
		if (!running()) {
			throw new EndpointException(name(),
					"Endpoint '%s' is not running and cannot move messages back".formatted(name()));
		}
		try {
			return letters.replay(max, filter);
		}
		catch (IOException | org.springframework.amqp.AmqpException ex) {
			throw new EndpointException(name(),
					"Endpoint '%s' could not move messages back to queue '%s'".formatted(name(), this.options.queue()),
					ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EndpointException(name(), "Endpoint '%s' was interrupted".formatted(name()), ex);
		}
	}

	/**
	 * Handles a message once more. One that was put aside is taken out of the dead-letter
	 * queue for it, and refused if it is not there any more.
	 */
	@Override
	public CompletableFuture<@Nullable Object> replay(FailedMessage message) {
		return this.reception.replay(message,
				(handlers) -> new AmqpReplay(this.settings, handlers, this.options.batch() != null, this.deadLetters));
	}

	/** Whether it consumes. */
	@Override
	public EndpointState state() {
		return this.reception.state();
	}

	/** What keeps it from consuming, {@code null} if nothing does. */
	@Override
	public @Nullable Throwable lastError() {
		return this.reception.lastError();
	}

	@Override
	public int consumers() {
		return this.reception.consumers();
	}

	@Override
	public @Nullable Listener listener() {
		return this.reception.listener();
	}

	/**
	 * Consumes nothing for now. What its handlers have not handled within the grace
	 * period goes back to the queue.
	 */
	@Override
	public void pause(Duration grace) {
		this.reception.pause(grace);
	}

	@Override
	public void resume() {
		this.reception.resume();
	}

	@Override
	public boolean paused() {
		return this.reception.paused();
	}

	/** Changes how many consumers there are. */
	@Override
	public void concurrency(int consumers) {
		this.reception.concurrency(consumers);
	}

	@Override
	public boolean running() {
		return this.reception.running();
	}

	@Override
	public EndpointLoad load() {
		return this.reception.load();
	}

	@Override
	public Counters counters() {
		return this.counters;
	}

}
