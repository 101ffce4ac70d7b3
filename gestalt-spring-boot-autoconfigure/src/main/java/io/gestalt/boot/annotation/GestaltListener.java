package io.gestalt.boot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Ordering;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method the listener of an endpoint, or a class whose methods are marked with
 * {@link GestaltHandler}.
 *
 * <p>
 * One parameter without annotation is the payload, required unless it is
 * {@code @Nullable} or an {@link java.util.Optional}. Others may be
 * {@link io.gestalt.message.Message}, Spring's {@code Message},
 * {@link io.gestalt.message.Peer}, {@link io.gestalt.message.MessageContext},
 * {@link io.gestalt.message.Acknowledgment}, or bear Spring's {@code @Payload},
 * {@code @Header} or {@code @Headers}. The result is the reply to the sender, or goes to
 * the endpoint named by {@code @SendTo}; {@link java.util.concurrent.CompletionStage},
 * {@link reactor.core.publisher.Mono} and {@code suspend} functions of Kotlin reply when
 * they are done. What may have many elements, such as a {@code Flux}, is refused when the
 * application starts.
 *
 * <p>
 * Properties under {@code gestalt.listener.<id>} win over the attributes.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(ListenerHints.class)
public @interface GestaltListener {

	/** Name of the endpoint; placeholders are resolved. */
	String value();

	/** By what name the properties know this listener, by default the endpoint's. */
	String id() default "";

	/** How many messages may be handled at the same time, 0 for no limit of its own. */
	int concurrency() default 0;

	/**
	 * On which threads it runs, one word at most. Left out, it is the event loop for
	 * methods that return a {@link reactor.core.publisher.Mono}, and a worker for all
	 * others.
	 */
	Execution[] execution() default {};

	/** What it promises about the order in which messages are handled. */
	Ordering ordering() default Ordering.PEER;

}
