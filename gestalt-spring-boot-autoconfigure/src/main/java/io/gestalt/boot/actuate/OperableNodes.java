package io.gestalt.boot.actuate;

import java.util.Map;

/**
 * Something else than endpoints that the actuator shows and operates under a name, such
 * as timers. A bean of this type is all that it needs.
 */
public interface OperableNodes {

	/** The key in the graph under which they are, such as {@code timers}. */
	String section();

	/** What is known of each, by its name, in values that JSON can show. */
	Map<String, ?> nodes();

	/**
	 * Does something with one of them.
	 * @param name its name, one of {@link #nodes()}
	 * @param operation such as {@code fire}
	 * @param arguments what else was said, by names
	 * @return what came of it, in values that JSON can show
	 * @throws OperationRefusedException if there is no such operation, or not now
	 */
	Map<String, ?> operate(String name, String operation, Map<String, String> arguments);

}
