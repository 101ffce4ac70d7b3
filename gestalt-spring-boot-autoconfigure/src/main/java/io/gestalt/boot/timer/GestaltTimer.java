package io.gestalt.boot.timer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Lets a method be run by a timer, forever unless said otherwise. Properties under
 * {@code gestalt.timer.<name>} win over the attributes, and say more than these can.
 *
 * <p>
 * The method has no parameter but, if it likes, the {@link io.gestalt.timer.Timer}. A run
 * lasts until it returns, and if it returns a
 * {@link java.util.concurrent.CompletionStage}, a {@link reactor.core.publisher.Mono} or
 * another {@code Publisher}, or is a {@code suspend} function of Kotlin, until that is
 * done.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface GestaltTimer {

	/** Name of the timer; placeholders are resolved. */
	String value();

	/** From tick to tick, such as {@code 750ms} or {@code PT1H}. */
	String interval() default "";

	/** Before the first tick, by default none. */
	String initialDelay() default "";

	/** At what times of day it ticks, in place of an interval, as Spring's cron says. */
	String cron() default "";

	/** How often it runs, 0 for no limit. */
	long repeat() default 0;

}
