package io.gestalt.benchmarks.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.gestalt.dispatch.Execution;

/**
 * All contenders by name; here a new one is added. They are created on demand so that a
 * process loads the classes of its own contender only.
 */
public final class Contenders {

	/** The contender to which the others are compared. */
	public static final String BASELINE = "netty";

	private static final Map<String, Supplier<Contender>> ALL = new LinkedHashMap<>();

	static {
		ALL.put(BASELINE, NettyContender::new);
		ALL.put("gestalt-core-event-loop", () -> new GestaltCoreContender(Execution.EVENT_LOOP));
		ALL.put("gestalt-core-worker", () -> new GestaltCoreContender(Execution.WORKER));
		ALL.put("gestalt-spring-event-loop", () -> new GestaltSpringContender("event-loop"));
		ALL.put("gestalt-spring-worker", () -> new GestaltSpringContender("worker"));
	}

	private Contenders() {
	}

	/** The names of all contenders, the baseline first. */
	public static List<String> names() {
		return List.copyOf(ALL.keySet());
	}

	static Contender named(String name) {
		Supplier<Contender> contender = ALL.get(name);
		if (contender == null) {
			throw new IllegalArgumentException("No contender '%s' among %s".formatted(name, names()));
		}
		return contender.get();
	}

}
