package io.gestalt.boot.annotation;

import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** Where annotations find the endpoints and the properties that belong to their names. */
public interface EndpointLookup {

	/**
	 * Finds an endpoint.
	 * @param name the name that the user gave it
	 * @throws RuntimeException if there is none of that name
	 */
	Endpoint get(String name);

	/** What the properties say about a listener. */
	default ListenerOptions options(String id) {
		return ListenerOptions.NONE;
	}

	/**
	 * What wins over the attributes of an annotation.
	 *
	 * @param concurrency how many messages may be handled at the same time
	 * @param execution on which threads
	 * @param ordering in which order
	 */
	record ListenerOptions(@Nullable Integer concurrency, @Nullable Execution execution, @Nullable Ordering ordering) {

		/** Nothing was said. */
		public static final ListenerOptions NONE = new ListenerOptions(null, null, null);

	}

}
