package io.gestalt.boot.observation;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Observes a handler, until what it returns is done. */
final class ObservedHandler implements MessageHandler<@Nullable Object> {

	private static final ReceiveConvention STANDARD = new ReceiveConvention() {
	};

	private final MessageHandler<@Nullable Object> handler;

	private final String endpoint;

	private final String operation;

	private final ObservationRegistry registry;

	private final @Nullable ReceiveConvention convention;

	ObservedHandler(MessageHandler<@Nullable Object> handler, String endpoint, String operation,
			ObservationRegistry registry, @Nullable ReceiveConvention convention) {
		this.handler = handler;
		this.endpoint = endpoint;
		this.operation = operation;
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	@SuppressWarnings("NullAway") // the handler itself checks what it needs
	public @Nullable Object handle(@Nullable Object payload, MessageContext context) throws Exception {
		if (this.registry.isNoop()) {
			return this.handler.handle(payload, context);
		}
		Observation observation = GestaltObservation.RECEIVE
			.observation(this.convention, STANDARD, () -> new ReceiveContext(this.endpoint, this.operation, context),
					this.registry)
			.start();
		Object result;
		try (Observation.Scope scope = observation.openScope()) {
			result = this.handler.handle(payload, context);
		}
		catch (Exception | Error ex) {
			observation.error(ex).stop();
			throw ex;
		}
		return finish(observation, result);
	}

	private static @Nullable Object finish(Observation observation, @Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			stage.whenComplete((value, failure) -> stop(observation, failure));
			return stage;
		}
		if (result instanceof Mono<?> mono) {
			return mono.doOnError(observation::error)
				.doFinally((signal) -> observation.stop())
				.contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, observation));
		}
		if (result instanceof Publisher<?> publisher) {
			return Flux.from(publisher)
				.doOnError(observation::error)
				.doFinally((signal) -> observation.stop())
				.contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, observation));
		}
		observation.stop();
		return result;
	}

	private static void stop(Observation observation, @Nullable Throwable failure) {
		if (failure != null) {
			observation.error((failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure);
		}
		observation.stop();
	}

}
