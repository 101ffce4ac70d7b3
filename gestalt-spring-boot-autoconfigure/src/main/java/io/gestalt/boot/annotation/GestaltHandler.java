package io.gestalt.boot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.gestalt.message.MessageTypes;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Handles the messages of one type in a class marked with {@link GestaltListener}.
 * Parameters and results are those of a listener method.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(ListenerHints.class)
public @interface GestaltHandler {

	/** The message type identifier, by default that of the payload's class. */
	int value() default MessageTypes.NONE;

}
