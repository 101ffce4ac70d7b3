package io.gestalt.boot.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an interface the client of an endpoint: a bean of its type is there to inject.
 *
 * <p>
 * A method takes a payload, a {@link io.gestalt.message.Message} or nothing; parameters
 * that are marked with Spring's {@code @Header} and {@code @Headers}, or with
 * {@link io.gestalt.boot.annotation.RoutingKey}, travel beside it. A method that returns
 * a value is a request and waits for the reply within the endpoint's request timeout; an
 * {@link java.util.Optional} is empty if the reply is. One that returns {@code void}
 * sends, and waits until the message is written within the send timeout. With
 * {@link java.util.concurrent.CompletionStage} and {@link reactor.core.publisher.Mono}
 * nobody waits; each subscription to a {@code Mono} is a request of its own, and
 * {@link Void} in them means that there is no reply. A {@code suspend} function of Kotlin
 * waits without holding a thread; one that returns nothing sends.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface GestaltClient {

	/** Name of the endpoint; placeholders are resolved. */
	String value();

}
