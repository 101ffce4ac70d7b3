package io.gestalt.boot.test.autoconfigure;

import io.gestalt.boot.test.JournalTester;
import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** Makes the other ends of one kind of endpoints. */
@FunctionalInterface
interface TesterFactory {

	/** The other end of an endpoint, {@code null} if it is of another kind. */
	@Nullable JournalTester create(Endpoint endpoint);

}
