package io.gestalt.boot.test.record;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Records what a handler is given and how it ends. */
record RecordingHandler(String endpoint, MessageHandler<@Nullable Object> handler,
		Recorder recorder) implements MessageHandler<@Nullable Object> {

	@Override
	@SuppressWarnings("NullAway") // the handler itself checks what it needs
	public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
		Reception reception = this.recorder.begin(this.endpoint, payload, context);
		Object result;
		try {
			result = this.handler.handle(payload, context);
		}
		catch (Exception | Error ex) {
			this.recorder.failed(reception, ex);
			throw ex;
		}
		return follow(reception, result);
	}

	private @Nullable Object follow(Reception reception, @Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			return stage.whenComplete((value, failure) -> end(reception, value, failure));
		}
		if (result instanceof Publisher<?> publisher) {
			Mono<?> one = (publisher instanceof Mono<?> mono) ? mono : Flux.from(publisher).singleOrEmpty();
			return one.doOnSuccess((value) -> end(reception, value, null))
				.doOnError((failure) -> end(reception, null, failure));
		}
		end(reception, result, null);
		return result;
	}

	private void end(Reception reception, @Nullable Object value, @Nullable Throwable failure) {
		if (failure == null) {
			this.recorder.succeeded(reception, value);
		}
		else {
			this.recorder.failed(reception, (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure);
		}
	}

}
