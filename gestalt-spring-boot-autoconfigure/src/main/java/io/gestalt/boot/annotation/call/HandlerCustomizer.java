package io.gestalt.boot.annotation.call;

import java.lang.reflect.Type;

import io.gestalt.message.MessageHandler;
import org.jspecify.annotations.Nullable;

/** Puts something around the handlers of all listeners, the first bean outermost. */
@FunctionalInterface
public interface HandlerCustomizer {

	/**
	 * Takes the place of a handler.
	 * @param endpoint name of its endpoint
	 * @param payloadType what it takes
	 * @param handler the handler, which is to be called
	 * @return what is called in its place
	 */
	MessageHandler<@Nullable Object> customize(String endpoint, Type payloadType,
			MessageHandler<@Nullable Object> handler);

}
