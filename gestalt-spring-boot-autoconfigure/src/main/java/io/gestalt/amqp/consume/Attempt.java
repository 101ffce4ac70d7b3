package io.gestalt.amqp.consume;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.gestalt.dispatch.Listener.Binding;
import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** One call of a handler, which may take longer than the call itself. */
public final class Attempt {

	private Attempt() {
	}

	/** Why a future of a handler failed. */
	public static Throwable reason(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/** The error with which a handler has ended, {@code null} if it was an exception. */
	public static @Nullable Error error(Throwable failure) {
		if (failure instanceof Error error) {
			return error;
		}
		return (failure instanceof HandlerErrorException wrapped) ? wrapped.error() : null;
	}

	/**
	 * Calls a handler.
	 * @return its result, or a {@link CompletionStage} of it
	 * @throws Exception if it failed, by an error too: the message would come again and
	 * again if nobody saw to it
	 */
	@SuppressWarnings("NullAway") // handlers check what they need
	public static @Nullable Object call(Binding binding, @Nullable Object payload, MessageContext context)
			throws Exception {
		try {
			Object result = binding.handler().handle(payload, context);
			return (result instanceof Publisher<?> publisher) ? Mono.from(publisher).toFuture() : result;
		}
		catch (Error ex) {
			throw new HandlerErrorException(ex);
		}
	}

}
