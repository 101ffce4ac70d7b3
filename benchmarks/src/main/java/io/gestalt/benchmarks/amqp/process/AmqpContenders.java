package io.gestalt.benchmarks.amqp.process;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.gestalt.benchmarks.amqp.contender.Contender;
import io.gestalt.benchmarks.amqp.raw.RawContender;
import io.gestalt.benchmarks.amqp.spring.GestaltContender;
import io.gestalt.benchmarks.amqp.spring.SpringContender;

/** All contenders by name. */
public final class AmqpContenders {

	/** The contender to which the others are compared. */
	public static final String BASELINE = "raw";

	/** The contender of which Gestalt is to be ahead. */
	public static final String SPRING = "spring";

	/**
	 * The contender that has targets: its handlers, like those of others, never block.
	 */
	public static final String GESTALT = "gestalt";

	/** The same with handlers that may block, on threads of their own. */
	private static final String WORKER = "gestalt-worker";

	private static final Map<String, Supplier<Contender>> ALL = Map.of(BASELINE, RawContender::new, GESTALT,
			() -> new GestaltContender("event-loop"), WORKER, () -> new GestaltContender("worker"), SPRING,
			SpringContender::new);

	private AmqpContenders() {
	}

	/** The names of all contenders, the baseline first. */
	public static List<String> names() {
		return List.of(BASELINE, GESTALT, WORKER, SPRING);
	}

	static Contender named(String name) {
		Supplier<Contender> contender = ALL.get(name);
		if (contender == null) {
			throw new IllegalArgumentException("No contender '%s' among %s".formatted(name, names()));
		}
		return contender.get();
	}

}
