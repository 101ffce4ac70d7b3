package io.gestalt.amqp.receive;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.Attempt;
import io.gestalt.amqp.consume.Intake;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.settings.SubscriberOptions.Batch;
import io.gestalt.amqp.settings.SubscriberOptions.Retry;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Listener.Binding;
import io.gestalt.message.Acknowledgment;
import org.jspecify.annotations.Nullable;

/**
 * Gives messages to a handler that takes a list of them. A list that fails is tried again
 * as a whole; when that has failed for good, each of its messages is tried once by
 * itself, so that one bad message does not take the others with it.
 */
public final class BatchReceiver implements AmqpReceiver {

	private final Listener listener;

	private final AmqpCodec codec;

	private final Batch batch;

	private final Retry retry;

	private final Settlement settlement;

	public BatchReceiver(Listener listener, AmqpCodec codec, Batch batch, Retry retry, Settlement settlement) {
		this.listener = listener;
		this.codec = codec;
		this.batch = batch;
		this.retry = retry;
		this.settlement = settlement;
	}

	/** What the elements of a list are decoded to, {@code null} if it is no list. */
	public static @Nullable Type elementType(Type payloadType) {
		if (payloadType instanceof ParameterizedType list && list.getRawType() instanceof Class<?> raw
				&& raw.isAssignableFrom(List.class) && Collection.class.isAssignableFrom(raw)) {
			Type element = list.getActualTypeArguments()[0];
			return (element instanceof WildcardType wildcard) ? wildcard.getUpperBounds()[0] : element;
		}
		return null;
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) throws InterruptedException {
		List<AmqpDelivery> run = new ArrayList<>(this.batch.size());
		Binding binding = null;
		for (AmqpDelivery next : collect(delivery, intake)) {
			Binding other = this.listener.find(next.type());
			if (!Objects.equals(other, binding)) {
				handle(binding, run, intake);
				run.clear();
			}
			binding = other;
			run.add(next);
		}
		handle(binding, run, intake);
	}

	private List<AmqpDelivery> collect(AmqpDelivery first, Intake intake) throws InterruptedException {
		List<AmqpDelivery> collected = new ArrayList<>(this.batch.size());
		long deadline = System.nanoTime() + this.batch.timeout().toNanos();
		for (AmqpDelivery next = first; next != null;) {
			collected.add(next);
			long left = deadline - System.nanoTime();
			next = (collected.size() < this.batch.size()) ? intake.next(Duration.ofNanos(Math.max(0, left))) : null;
		}
		return collected;
	}

	private void handle(@Nullable Binding binding, List<AmqpDelivery> run, Intake intake) throws InterruptedException {
		if (binding == null) {
			for (AmqpDelivery delivery : run) {
				this.settlement.unhandled(delivery);
			}
			return;
		}
		List<Item> items = decode(binding, run);
		run.forEach(this.settlement::begin);
		int attempts = this.settlement.attempts(this.retry);
		for (int attempt = 1; !items.isEmpty(); attempt++) {
			Throwable failure = attempt(binding, items, intake);
			if (failure == null) {
				return;
			}
			if (attempt >= attempts) {
				separate(binding, items, attempt, intake, failure);
				return;
			}
			if (!intake.pause(this.retry.delay(attempt))) {
				run.forEach(AmqpDelivery::giveBack);
				return;
			}
			this.settlement.retry(attempt, failure);
		}
	}

	private List<Item> decode(Binding binding, List<AmqpDelivery> run) throws InterruptedException {
		Type type = elementType(binding.payloadType());
		List<Item> items = new ArrayList<>(run.size());
		for (AmqpDelivery delivery : run) {
			try {
				items.add(new Item(delivery, this.codec.decode(delivery.properties(), delivery.body(),
						(type != null) ? type : Object.class)));
			}
			catch (RuntimeException | Error ex) {
				this.settlement.undecodable(delivery, ex);
			}
		}
		return items;
	}

	private void separate(Binding binding, List<Item> items, int attempts, Intake intake, Throwable failure)
			throws InterruptedException {
		for (Item item : items) {
			Throwable own = (items.size() > 1) ? attempt(binding, List.of(item), intake) : failure;
			if (own != null) {
				this.settlement.failed(item.delivery(), (items.size() > 1) ? attempts + 1 : attempts, own);
			}
		}
	}

	private @Nullable Throwable attempt(Binding binding, List<Item> items, Intake intake) throws InterruptedException {
		List<@Nullable Object> payloads = new ArrayList<>(items.size());
		items.forEach((item) -> payloads.add(item.payload()));
		try {
			Object result = Attempt.call(binding, payloads,
					this.settlement.context(items.get(0).delivery(), acknowledgment(items)));
			if (result instanceof CompletionStage<?> stage) {
				stage.toCompletableFuture().get();
			}
			items.forEach((item) -> this.settlement.handled(item.delivery()));
			return null;
		}
		catch (InterruptedException ex) {
			return giveUp(ex, intake);
		}
		catch (ExecutionException | CompletionException ex) {
			return (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (Exception ex) {
			return ex;
		}
	}

	/** A handler that was interrupted has failed, unless there is no time left. */
	private static InterruptedException giveUp(InterruptedException cause, Intake intake) throws InterruptedException {
		if (!intake.pause(Duration.ZERO)) {
			throw cause;
		}
		return cause;
	}

	/** One word for all of them. */
	private Acknowledgment acknowledgment(List<Item> items) {
		return new Acknowledgment() {

			@Override
			public void acknowledge() {
				items.forEach((item) -> BatchReceiver.this.settlement.acknowledgment(item.delivery()).acknowledge());
			}

			@Override
			public void reject(boolean requeue) {
				items.forEach((item) -> BatchReceiver.this.settlement.acknowledgment(item.delivery()).reject(requeue));
			}

		};
	}

	/**
	 * A message and what was decoded of it.
	 *
	 * @param delivery the message
	 * @param payload what the handler gets
	 */
	private record Item(AmqpDelivery delivery, @Nullable Object payload) {
	}

}
