package io.gestalt.boot.annotation;

import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;

/** What a listener method gets for one of its parameters. */
@FunctionalInterface
interface Argument {

	@Nullable Object of(@Nullable Object payload, MessageContext context);

}
