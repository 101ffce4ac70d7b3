package io.gestalt.dispatch;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.gestalt.failed.Content;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessage.Aftermath;
import io.gestalt.failed.Failure;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.FailureDesk;
import io.gestalt.failed.Sender;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * What comes of messages: counts it, and tells their origin; what nobody could handle is
 * handed in at the failure desk.
 */
final class Outcomes {

	private static final byte[] EMPTY = {};

	private final Counters counters;

	private final FailureDesk failures;

	Outcomes(Counters counters, FailureDesk failures) {
		this.counters = counters;
		this.failures = failures;
	}

	void succeeded(Origin origin, @Nullable Object result) {
		if (result != null) {
			origin.reply(result);
		}
		this.counters.increment(Counter.HANDLED);
	}

	/** Counted in this order, failures are never more than what was handled. */
	void failed(Origin origin, int type, Object payload, Throwable failure) {
		Throwable cause = Failure.tellable(failure);
		this.counters.increment(Counter.HANDLER_FAILED);
		this.counters.increment(Counter.HANDLED);
		giveUp(origin, type, payload, Reason.FAILED, cause);
		origin.failed(cause);
	}

	/** Passes on the outcome of a future that is done. */
	void done(Origin origin, int type, Object payload, CompletableFuture<?> future) {
		try {
			succeeded(origin, future.join());
		}
		catch (CompletionException ex) {
			failed(origin, type, payload, (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (Throwable ex) {
			failed(origin, type, payload, ex);
		}
	}

	/**
	 * Passes on the outcome of a future when it is done, and goes on from there. What
	 * fails then would vanish in the future.
	 */
	void whenDone(Origin origin, int type, Object payload, CompletableFuture<?> future, Runnable next) {
		future.whenComplete((result, failure) -> {
			try {
				done(origin, type, payload, future);
				next.run();
			}
			catch (RuntimeException | Error ex) {
				origin.failed(ex);
			}
		});
	}

	void unhandled(Origin origin, int type, Object payload) {
		this.counters.increment(Counter.UNHANDLED);
		giveUp(origin, type, payload, Reason.UNHANDLED, null);
	}

	void undecodable(Origin origin, int type, Object payload, Throwable failure) {
		this.counters.increment(Counter.UNDECODABLE);
		Throwable cause = Failure.tellable(failure);
		giveUp(origin, type, payload, Reason.UNDECODABLE, cause);
		origin.undecodable(cause);
	}

	private void giveUp(Origin origin, int type, Object payload, Reason reason, @Nullable Throwable cause) {
		this.failures.keep(reason, false, (endpoint) -> {
			byte[] bytes = (payload instanceof byte[] owned) ? owned : ByteBufUtil.getBytes((ByteBuf) payload);
			return new FailedMessage(endpoint, Sender.of(origin.context(type).peer()),
					new Content(type, Map.of(), bytes), Failure.of(reason, cause, 1), Aftermath.NONE);
		});
	}

	/** The bytes of a borrowed payload whose handler is not done yet. */
	byte[] keep(ByteBuf payload) {
		return this.failures.wants(Reason.FAILED) ? ByteBufUtil.getBytes(payload) : EMPTY;
	}

	/**
	 * Counts messages that nobody handles, or takes back those that were handled late.
	 */
	void abandoned(int count) {
		this.counters.add(Counter.ABANDONED, count);
	}

}
