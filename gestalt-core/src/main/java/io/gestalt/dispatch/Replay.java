package io.gestalt.dispatch;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessageException;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.ReplayException;
import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/** A message that was given up and is handled once more. */
final class Replay implements LaneTask {

	private final Dispatcher dispatcher;

	private final FailedMessage message;

	private final Peer peer;

	private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();

	Replay(Dispatcher dispatcher, FailedMessage message, Peer peer) {
		this.dispatcher = dispatcher;
		this.message = message;
		this.peer = peer;
	}

	CompletableFuture<@Nullable Object> outcome() {
		return this.outcome;
	}

	@Override
	public void run() {
		try {
			handle(this.message.content().type());
		}
		catch (Throwable ex) {
			this.outcome.completeExceptionally(ex);
		}
		finally {
			this.dispatcher.leave();
		}
	}

	private void handle(int type) throws Exception {
		Listener.Binding binding = this.dispatcher.listener().find(type);
		if (binding == null) {
			throw new ReplayException(Reason.UNHANDLED,
					"No handler wants message type %s".formatted(Integer.toUnsignedString(type)), null);
		}
		Object value = decode(type, binding.payloadType());
		Object result = Dispatcher.invoke(binding, value, new MessageContext(this.peer, type));
		CompletableFuture<?> future = Dispatcher.future(result);
		if (future == null) {
			this.outcome.complete(result);
		}
		else {
			future.whenComplete(this::complete);
		}
	}

	private @Nullable Object decode(int type, Type target) {
		try {
			return this.dispatcher.decode(type, this.message.content().payload().clone(), target);
		}
		catch (Throwable ex) {
			throw new ReplayException(Reason.UNDECODABLE, "The payload cannot be decoded", ex);
		}
	}

	private void complete(@Nullable Object value, @Nullable Throwable failure) {
		if (failure == null) {
			this.outcome.complete(value);
		}
		else {
			this.outcome.completeExceptionally(failure);
		}
	}

	@Override
	public void rejected(RejectedExecutionException cause) {
		this.dispatcher.leave();
		this.outcome.completeExceptionally(FailedMessageException.refused(this.message.id(),
				"Failed message %d finds no thread to be handled on".formatted(this.message.id()),
				"Replay it when the application is not about to stop."));
	}

}
