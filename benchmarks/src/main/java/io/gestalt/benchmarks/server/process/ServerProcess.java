package io.gestalt.benchmarks.server.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.OperatingSystemMXBean;
import io.gestalt.benchmarks.server.Contender;
import io.gestalt.benchmarks.server.Contenders;
import io.gestalt.benchmarks.server.RunningServer;
import io.gestalt.benchmarks.workload.Workload;
import org.slf4j.LoggerFactory;

/**
 * Hosts one contender. Prints {@code PORT n} when bound, then answers each line on
 * standard input by one line: {@code stats} by {@link ServerStats#line()},
 * {@code handled} by {@code HANDLED n}, the messages handled, {@code gc} by
 * {@code HEAP n}, the heap bytes in use after a collection. Ends on {@code stop} and when
 * standard input ends.
 */
public final class ServerProcess {

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final AllocatedBytes allocated = new AllocatedBytes();

	private final LongAdder handled = new LongAdder();

	private final PrintStream answers;

	private ServerProcess(PrintStream answers) {
		this.answers = answers;
	}

	/**
	 * Runs the process.
	 * @param args names of contender and workload
	 * @throws Exception if the contender cannot start
	 */
	public static void main(String[] args) throws Exception {
		PrintStream answers = System.out;
		System.setOut(System.err);
		int status = 1;
		try {
			new ServerProcess(answers).serve(Contenders.named(args[0]), Workload.named(args[1]));
			status = 0;
		}
		catch (Exception ex) {
			LoggerFactory.getLogger(ServerProcess.class).error("Contender '{}' failed", args[0], ex);
		}
		finally {
			Runtime.getRuntime().halt(status);
		}
	}

	private void serve(Contender contender, Workload workload) throws Exception {
		try (RunningServer server = contender.start(workload, this.handled)) {
			this.answers.println("PORT " + server.port());
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			answer(commands);
		}
	}

	private void answer(BufferedReader commands) throws IOException {
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			switch (command) {
				case "stats" -> this.answers.println(stats().line());
				case "handled" -> this.answers.println("HANDLED " + this.handled.sum());
				case "gc" -> this.answers.println("HEAP " + heapAfterCollection());
				case "stop" -> {
					return;
				}
				default -> throw new IllegalArgumentException("No command '%s'".formatted(command));
			}
		}
	}

	private ServerStats stats() {
		return new ServerStats(this.system.getProcessCpuTime(), this.allocated.total(), this.handled.sum(),
				WakeUps.total());
	}

	// Twice, as the first collection may leave references and cleaners to be cleared.
	private static long heapAfterCollection() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
