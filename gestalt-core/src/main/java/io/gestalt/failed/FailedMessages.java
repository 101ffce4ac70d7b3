package io.gestalt.failed;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.FailedMessageEvent.Action;
import org.jspecify.annotations.Nullable;

/**
 * The messages that the endpoints of an application could not decode or handle: shows
 * them, changes them, has them handled once more, throws them away. Whatever is done is
 * told to an observer.
 */
public final class FailedMessages implements FailureRecorder {

	private final FailedMessageStore store;

	private final RecordingRules rules;

	private final Function<String, @Nullable Replayable> endpoints;

	private final ActionLog actions;

	/** Numbers of messages with which something is being done. */
	private final Set<Long> busy;

	private final LongAdder lost;

	/**
	 * Creates an access to a store.
	 * @param store where messages are kept
	 * @param rules which ones
	 * @param endpoints finds what handles the messages of an endpoint
	 * @param observer is told what is done; must not throw
	 */
	public FailedMessages(FailedMessageStore store, RecordingRules rules,
			Function<String, @Nullable Replayable> endpoints, Consumer<FailedMessageEvent> observer) {
		this.store = store;
		this.rules = rules;
		this.endpoints = endpoints;
		this.actions = new ActionLog("application", observer);
		this.busy = ConcurrentHashMap.newKeySet();
		this.lost = new LongAdder();
	}

	private FailedMessages(FailedMessages other, String actor) {
		this.store = other.store;
		this.rules = other.rules;
		this.endpoints = other.endpoints;
		this.actions = other.actions.of(actor);
		this.busy = other.busy;
		this.lost = other.lost;
	}

	/** The same messages, in the name of somebody. */
	public FailedMessages as(String who) {
		return new FailedMessages(this, who);
	}

	@Override
	public boolean wants(Reason reason, boolean answered) {
		return this.rules.reasons().contains(reason) && (this.rules.answered() || !answered);
	}

	@Override
	public void record(FailedMessage message) {
		this.store.add(message.with(message.content().cut(this.rules.maxPayload())));
	}

	@Override
	public void lost() {
		this.lost.increment();
	}

	/**
	 * Lists messages, the oldest first.
	 * @param endpoint name of their endpoint, {@code null} for all
	 * @param after only those with higher numbers, 0 for the first
	 * @param limit how many at the most
	 */
	public List<FailedMessage> list(@Nullable String endpoint, long after, int limit) {
		List<FailedMessage> listed = this.store.list(endpoint, after, limit);
		this.actions.tell(Action.LIST, null, endpoint, null);
		return listed;
	}

	/** How many there are of an endpoint, of all for {@code null}. */
	public FailedMessageStore.Counts counts(@Nullable String endpoint) {
		FailedMessageStore.Counts counts = this.store.counts(endpoint);
		return new FailedMessageStore.Counts(counts.kept(), counts.bytes(), counts.evicted(),
				counts.lost() + this.lost.sum());
	}

	/**
	 * Finds a message.
	 * @throws FailedMessageException if there is none of that number
	 */
	public FailedMessage find(long id) {
		return perform(Action.SHOW, id, () -> get(id));
	}

	/**
	 * Puts another payload into a message, as it would come over the wire: encoded, and
	 * compressed where the endpoint compresses.
	 * @return the message as it is then
	 * @throws FailedMessageException if there is none of that number, or something is
	 * being done with it
	 */
	public FailedMessage edit(long id, byte[] payload) {
		return perform(Action.EDIT, id, () -> exclusively(id, () -> {
			if (payload.length > this.rules.maxPayload()) {
				throw FailedMessageException.refused(id,
						"Payload of %d bytes exceeds the limit of %d bytes".formatted(payload.length,
								this.rules.maxPayload()),
						"Raise 'gestalt.failed-messages.max-payload-size', or send the message anew.");
			}
			FailedMessage message = get(id);
			FailedMessage edited = message.with(message.content().with(payload.clone()));
			if (!this.store.replace(edited)) {
				throw FailedMessageException.unknown(id);
			}
			return edited;
		}));
	}

	/**
	 * Throws a message away.
	 * @throws FailedMessageException if there is none of that number, or something is
	 * being done with it
	 */
	public FailedMessage discard(long id) {
		return perform(Action.DISCARD, id, () -> exclusively(id, () -> {
			FailedMessage message = get(id);
			if (!this.store.remove(id)) {
				throw FailedMessageException.unknown(id);
			}
			return message;
		}));
	}

	/**
	 * Decodes a message and calls its handler, once for each call of this. A message that
	 * is handled leaves the store, one that fails again stays with its new failure, under
	 * a new number if it had to make room meanwhile. Where the result does not go
	 * elsewhere by itself it is returned here, and not sent to the peer.
	 * @return what came of it; fails with a {@link FailedMessageException} if the handler
	 * was not called and the message is as before
	 */
	public CompletableFuture<Replayed> replay(long id) {
		FailedMessage message;
		try {
			message = claim(id);
		}
		catch (FailedMessageException ex) {
			this.actions.tell(Action.REPLAY, id, null, ex);
			return CompletableFuture.failedFuture(ex);
		}
		return attempt(message).handle((result, failure) -> {
			try {
				return conclude(message, result, failure);
			}
			finally {
				this.busy.remove(id);
				this.actions.tell(Action.REPLAY, id, message.endpoint(), (failure != null) ? reason(failure) : null);
			}
		});
	}

	private CompletableFuture<@Nullable Object> attempt(FailedMessage message) {
		try {
			return replayable(message).replay(message);
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Lets nobody else do anything with a message. */
	private FailedMessage claim(long id) {
		occupy(id);
		try {
			FailedMessage message = get(id);
			if (message.content().isCut()) {
				throw FailedMessageException.refused(id,
						"Only %d of the %d bytes of failed message %d are kept"
							.formatted(message.content().payload().length, message.content().length(), id),
						"Give it its whole payload with an edit, or raise 'gestalt.failed-messages.max-payload-size' "
								+ "for those to come.");
			}
			return message;
		}
		catch (RuntimeException | Error ex) {
			this.busy.remove(id);
			throw ex;
		}
	}

	private void occupy(long id) {
		if (!this.busy.add(id)) {
			throw FailedMessageException.refused(id, "Failed message %d is being replayed or changed".formatted(id),
					"Wait until that is done.");
		}
	}

	private Replayable replayable(FailedMessage message) {
		Replayable endpoint = this.endpoints.apply(message.endpoint());
		if (endpoint == null) {
			throw FailedMessageException.refused(
					message.id(), "Failed message %d is of endpoint '%s', which does not exist or takes nothing in"
						.formatted(message.id(), message.endpoint()),
					"Configure the endpoint, or discard the message.");
		}
		return endpoint;
	}

	private Replayed conclude(FailedMessage message, @Nullable Object result, @Nullable Throwable outcome) {
		if (outcome == null) {
			this.store.remove(message.id());
			return new Replayed(message, result, null);
		}
		Throwable failure = reason(outcome);
		if (failure instanceof FailedMessageException refused) {
			throw refused;
		}
		FailedMessage failed = message.with(next(message, failure));
		if (!this.store.replace(failed)) {
			failed = this.store.add(failed);
		}
		return new Replayed(failed, null, failure);
	}

	private static Throwable reason(Throwable failure) {
		return Failure.tellable(
				(failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure);
	}

	private static Failure next(FailedMessage message, Throwable failure) {
		int attempts = message.failure().attempts() + 1;
		return (failure instanceof ReplayException known)
				? Failure.of(known.reason(), (known.getCause() != null) ? known.getCause() : known, attempts)
				: Failure.of(Reason.FAILED, failure, attempts);
	}

	private FailedMessage get(long id) {
		FailedMessage message = this.store.find(id);
		if (message == null) {
			throw FailedMessageException.unknown(id);
		}
		return message;
	}

	private FailedMessage exclusively(long id, Supplier<FailedMessage> work) {
		occupy(id);
		try {
			return work.get();
		}
		finally {
			this.busy.remove(id);
		}
	}

	private FailedMessage perform(Action action, long id, Supplier<FailedMessage> work) {
		try {
			FailedMessage message = work.get();
			this.actions.tell(action, id, message.endpoint(), null);
			return message;
		}
		catch (FailedMessageException ex) {
			this.actions.tell(action, id, null, ex);
			throw ex;
		}
	}

}
