package io.gestalt.boot.timing;

import java.util.concurrent.CompletionStage;

import io.gestalt.boot.timing.MessageTimers.Timed;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Times a handler, until what it returns is done. */
final class TimedHandler implements MessageHandler<@Nullable Object> {

	private final MessageHandler<@Nullable Object> handler;

	private final MessageTimers timers;

	private final Timed timed;

	private final Timer success;

	TimedHandler(MessageHandler<@Nullable Object> handler, MessageTimers timers, Timed timed) {
		this.handler = handler;
		this.timers = timers;
		this.timed = timed;
		this.success = timers.success(timed);
	}

	@Override
	@SuppressWarnings("NullAway") // the handler itself checks what it needs
	public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
		long begin = System.nanoTime();
		Object result;
		try {
			result = this.handler.handle(payload, context);
		}
		catch (Exception | Error ex) {
			end(begin, ex);
			throw ex;
		}
		return finish(begin, result);
	}

	private @Nullable Object finish(long begin, @Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			stage.whenComplete((value, failure) -> end(begin, failure));
		}
		else if (result instanceof Mono<?> mono) {
			return mono.doOnError((failure) -> end(begin, failure)).doFinally((signal) -> end(begin, signal));
		}
		else {
			end(begin, (Throwable) null);
		}
		return result;
	}

	/** Errors have been seen before their signal. */
	private void end(long begin, SignalType signal) {
		if (signal != SignalType.ON_ERROR) {
			end(begin, (Throwable) null);
		}
	}

	private void end(long begin, @Nullable Throwable failure) {
		this.timers.record(this.timed, this.success, begin, failure);
	}

}
