package io.gestalt.boot.actuate;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Something else than endpoints that the actuator shows and operates under a name, such
 * as timers. A bean of this type is all that it needs.
 */
public interface OperableNodes {

	/** The key in the graph under which they are, such as {@code timers}. */
	String section();

	/** The names of all that there are now. */
	Set<String> names();

	/**
	 * What is known of one of them, in a value that JSON can show.
	 * @param name its name
	 * @param values what to show in place of values that not everybody may see
	 * @return what is known, {@code null} if it is gone
	 */
	@Nullable Object node(String name, ShownValues values);

	/**
	 * What a chart says of one of them, beside its name.
	 * @param name its name
	 */
	default String caption(String name) {
		return section();
	}

	/**
	 * Does something with one of them.
	 * @param name its name, one of {@link #names()}
	 * @param operation such as {@code fire}
	 * @param arguments what else was said, by names
	 * @return what came of it, in values that JSON can show
	 * @throws OperationRefusedException if there is no such operation, or not now
	 */
	Map<String, ?> operate(String name, String operation, Map<String, String> arguments);

}
