package io.gestalt.benchmarks.client;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import io.gestalt.benchmarks.workload.Wire;
import io.gestalt.benchmarks.workload.Workload;
import org.slf4j.LoggerFactory;

/**
 * Hosts the load generator. Prints {@code READY}, then answers each line on standard
 * input by one line: {@code open <port> <count>} and {@code idle <port> <count>} by
 * {@code DONE}, {@code run <milliseconds>} by {@link RunResult#line()}, and anything that
 * goes wrong by {@code FAILED} and the reason. Ends on {@code stop} and when standard
 * input ends.
 */
public final class ClientProcess {

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final LoadGenerator generator;

	private ClientProcess(LoadGenerator generator) {
		this.generator = generator;
	}

	/**
	 * Runs the process.
	 * @param args names of workload and wire
	 * @throws Exception if the commands cannot be read
	 */
	public static void main(String[] args) throws Exception {
		PrintStream answers = System.out;
		System.setOut(System.err);
		try {
			ClientProcess client = new ClientProcess(new LoadGenerator(Workload.named(args[0]), Wire.named(args[1])));
			answers.println("READY");
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = commands.readLine(); line != null && !line.equals("stop"); line = commands.readLine()) {
				answers.println(client.answer(line.split(" ")));
			}
		}
		catch (Exception ex) {
			LoggerFactory.getLogger(ClientProcess.class).error("Load generator failed", ex);
		}
		finally {
			Runtime.getRuntime().halt(0);
		}
	}

	private String answer(String[] command) {
		try {
			int value = Integer.parseInt(command[1]);
			return switch (command[0]) {
				case "open" -> {
					this.generator.open(value, Integer.parseInt(command[2]));
					yield "DONE";
				}
				case "idle" -> {
					this.generator.idle(value, Integer.parseInt(command[2]));
					yield "DONE";
				}
				case "run" -> run(value).line();
				default -> "FAILED No command '%s'".formatted(command[0]);
			};
		}
		catch (Exception ex) {
			return "FAILED " + ex;
		}
	}

	private RunResult run(int millis) throws InterruptedException {
		long cpuNanos = this.system.getProcessCpuTime();
		Round round = this.generator.run(TimeUnit.MILLISECONDS.toNanos(millis));
		return new RunResult(round.messages(), round.elapsedNanos(), round.latency().getValueAtPercentile(50),
				round.latency().getValueAtPercentile(99), this.system.getProcessCpuTime() - cpuNanos);
	}

}
