package io.gestalt.benchmarks.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.gestalt.benchmarks.workload.Wire;
import io.gestalt.benchmarks.workload.Workload;
import io.gestalt.dispatch.Execution;
import org.jspecify.annotations.Nullable;

/**
 * All contenders by name; here a new one is added. They are created on demand so that a
 * process loads the classes of its own contender only.
 */
public final class Contenders {

	/** The contender to which the others are compared. */
	public static final String BASELINE = "netty";

	private static final String BY_HAND = "-by-hand";

	private static final Map<String, Entry> ALL = new LinkedHashMap<>();

	static {
		ALL.put(BASELINE, new Entry(NettyContender::new, (workload) -> true, Wire.LENGTH_PREFIXED, true));
		gestalt("event-loop", "", Handling.VALUES);
		gestalt("worker", "", Handling.VALUES);
		gestalt("event-loop", "-buffer", Handling.BUFFERS);
		gestalt("event-loop", BY_HAND, Handling.BY_HAND);
		gestalt("worker", BY_HAND, Handling.BY_HAND);
		for (Watching watching : Watching.values()) {
			watched("event-loop", watching);
			watched("worker", watching);
		}
		ALL.put("rsocket-message-mapping", new Entry(RSocketContender::new, (workload) -> true, Wire.RSOCKET, false));
		ALL.put("spring-integration",
				new Entry(IntegrationContender::new, (workload) -> true, Wire.LENGTH_PREFIXED, false));
	}

	private Contenders() {
	}

	private static void gestalt(String execution, String suffix, Handling handling) {
		Execution coreExecution = execution.equals("worker") ? Execution.WORKER : Execution.EVENT_LOOP;
		ALL.put("gestalt-core-" + execution + suffix, new Entry(() -> new GestaltCoreContender(coreExecution, handling),
				handling::serves, Wire.LENGTH_PREFIXED, true));
		ALL.put("gestalt-spring-" + execution + suffix,
				new Entry(() -> new GestaltSpringContender(execution, handling, Watching.NONE), handling::serves,
						Wire.LENGTH_PREFIXED, true));
	}

	private static void watched(String execution, Watching watching) {
		ALL.putIfAbsent("gestalt-spring-" + execution + watching.suffix(),
				new Entry(() -> new GestaltSpringContender(execution, Handling.VALUES, watching),
						Handling.VALUES::serves, Wire.LENGTH_PREFIXED, false));
	}

	/** The names of all contenders, the baseline first. */
	public static List<String> names() {
		return List.copyOf(ALL.keySet());
	}

	/** Those that play unless others are chosen. */
	public static List<String> standard() {
		return ALL.keySet().stream().filter((name) -> entry(name).standard()).toList();
	}

	/** Whether a contender takes part in a workload. */
	public static boolean serves(String name, Workload workload) {
		return entry(name).serves().test(workload);
	}

	/** How a client talks to a contender. */
	public static Wire wire(String name) {
		return entry(name).wire();
	}

	/**
	 * The contender that does without the serializer of another, {@code null} for none.
	 */
	public static @Nullable String byHand(String name) {
		return ALL.containsKey(name + BY_HAND) ? name + BY_HAND : null;
	}

	/** The contender to which {@link #byHand(String)} led, or else the same. */
	public static String withSerializer(String name) {
		return name.endsWith(BY_HAND) ? name.substring(0, name.length() - BY_HAND.length()) : name;
	}

	/** Makes a contender. */
	public static Contender named(String name) {
		return entry(name).contender().get();
	}

	private static Entry entry(String name) {
		Entry entry = ALL.get(name);
		if (entry == null) {
			throw new IllegalArgumentException("No contender '%s' among %s".formatted(name, names()));
		}
		return entry;
	}

	/**
	 * What is known of a contender.
	 *
	 * @param contender makes it
	 * @param serves the workloads in which it takes part
	 * @param wire how a client talks to it
	 * @param standard whether it plays unless others are chosen
	 */
	private record Entry(Supplier<Contender> contender, Predicate<Workload> serves, Wire wire, boolean standard) {

	}

}
