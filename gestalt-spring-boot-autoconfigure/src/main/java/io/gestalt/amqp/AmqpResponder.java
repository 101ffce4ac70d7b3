package io.gestalt.amqp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.consume.AmqpConsumption;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.ConsumptionOptions;
import io.gestalt.amqp.consume.Workers;
import io.gestalt.amqp.receive.AmqpReplay;
import io.gestalt.amqp.rpc.Answers;
import io.gestalt.amqp.rpc.ConcurrentReceiver;
import io.gestalt.amqp.rpc.RequestReceiver;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.ResponderOptions;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.EndpointLoad;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.StopReport;
import io.gestalt.failed.FailedMessage;
import io.gestalt.message.Counters;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that arrive for a service. Handlers run on the threads of the
 * consumers, each of which handles one request after the other; a handler that returns a
 * future makes way for the next request, up to the prefetch count. A request is
 * acknowledged after its reply was sent, so it is delivered again, maybe to another
 * responder, if this one is lost before. A handler that fails is answered for with a code
 * and a text, of a {@link io.gestalt.message.RemoteException} its own.
 */
public final class AmqpResponder implements ReceivingEndpoint {

	private final AmqpSettings settings;

	private final ResponderOptions options;

	private final Counters counters = new Counters();

	private final Reception reception;

	/**
	 * Creates a responder that is closed.
	 * @param settings what all AMQP endpoints need
	 * @param options what it answers
	 */
	public AmqpResponder(AmqpSettings settings, ResponderOptions options) {
		this.settings = settings;
		this.options = options;
		this.reception = new Reception(settings, options.service(), this.counters, this::consumption);
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
	 * Begins to answer, as soon as the broker is there.
	 * @throws io.gestalt.amqp.topology.TopologyException if the broker refuses its
	 * exchanges or its queue
	 */
	@Override
	public void start() {
		this.reception.start();
	}

	/** Over the connection for what publishes, as replies go where requests come from. */
	private AmqpConsumption consumption(Listener handlers) {
		ConsumptionOptions consumed = new ConsumptionOptions(this.options.service(), false, Map.of(),
				this.options.prefetch(), this.options.minConcurrency(), this.options.maxConcurrency(),
				handlers.execution() == Execution.EVENT_LOOP);
		return new AmqpConsumption(this.settings, consumed, this.counters, receiver(handlers),
				this.settings.resources().connections().publishing());
	}

	private AmqpReceiver receiver(Listener handlers) {
		RequestReceiver receiver = new RequestReceiver(handlers, this.settings.codec(),
				new Answers(this.settings, this.options.errorReplies(), this.counters));
		if (handlers.execution() == Execution.EVENT_LOOP
				|| (handlers.ordering() == Ordering.PEER && handlers.concurrency() <= 1)) {
			return receiver;
		}
		int concurrency = (handlers.concurrency() > 0) ? handlers.concurrency() : this.options.prefetch();
		return new ConcurrentReceiver(receiver, new Workers(this.settings.resources().worker(), concurrency));
	}

	@Override
	public StopReport stop(Duration grace) {
		return this.reception.stop(grace, (left) -> 0);
	}

	/** Handles a request once more, to which nobody waits for a reply. */
	@Override
	public CompletableFuture<@Nullable Object> replay(FailedMessage message) {
		return this.reception.replay(message, (handlers) -> new AmqpReplay(this.settings, handlers, false, null));
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

	/** Whether it answers. */
	@Override
	public EndpointState state() {
		EndpointState state = this.reception.state();
		boolean blocked = this.settings.resources().connections().blocked() != null;
		return (state == EndpointState.READY && blocked) ? EndpointState.BLOCKED : state;
	}

	/** What keeps it from answering, {@code null} if nothing does. */
	@Override
	public @Nullable Throwable lastError() {
		return (state() == EndpointState.BLOCKED) ? this.settings.resources().connections().refusal()
				: this.reception.lastError();
	}

	@Override
	public int consumers() {
		return this.reception.consumers();
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
