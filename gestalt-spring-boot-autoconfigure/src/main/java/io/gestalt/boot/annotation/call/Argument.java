package io.gestalt.boot.annotation.call;

import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;

/** What a listener method gets for one of its parameters. */
@FunctionalInterface
public interface Argument {

	@Nullable Object of(@Nullable Object payload, MessageContext context);

}
