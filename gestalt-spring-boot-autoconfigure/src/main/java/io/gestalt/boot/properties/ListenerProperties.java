package io.gestalt.boot.properties;

import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Ordering;
import org.jspecify.annotations.Nullable;

/**
 * How the handlers of an endpoint run. What is said here wins over the annotation.
 *
 * @param concurrency how many handlers may run at the same time, 0 for no limit of its
 * own
 * @param execution on which threads handlers run
 * @param ordering whether messages of one peer are handled one after the other
 * @param autoStartup whether the listener's endpoint opens when the application starts;
 * wins over the endpoint's own auto-startup
 */
public record ListenerProperties(@Nullable Integer concurrency, @Nullable Execution execution,
		@Nullable Ordering ordering, @Nullable Boolean autoStartup) {

	/** Says nothing. */
	public static final ListenerProperties UNSET = new ListenerProperties(null, null, null, null);

}
