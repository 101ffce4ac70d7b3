package io.gestalt.benchmarks.amqp.process;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.gestalt.benchmarks.amqp.contender.Contender;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.benchmarks.amqp.workload.Role;
import io.gestalt.benchmarks.client.RunResult;
import org.slf4j.LoggerFactory;

/**
 * Hosts one contender in one role. Prints {@code READY}, then answers each line on
 * standard input by one line: {@code play <n>} by {@link RunResult#line()}, where n are
 * milliseconds, of a consumer messages, of a responder nothing; and anything that goes
 * wrong by {@code FAILED} and the reason. Ends on {@code stop} and when standard input
 * ends.
 */
public final class ContenderProcess {

	private ContenderProcess() {
	}

	/**
	 * Runs the process.
	 * @param args names of contender, role and workload, address of the broker, name of
	 * the queue
	 * @throws Exception if the commands cannot be read
	 */
	public static void main(String[] args) throws Exception {
		PrintStream answers = System.out;
		System.setOut(System.err);
		Contender contender = AmqpContenders.named(args[0]);
		Place place = new Place(args[3], args[4], AmqpWorkload.named(args[2]));
		try (Player player = player(contender, Role.valueOf(args[1]), place)) {
			answers.println("READY");
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = commands.readLine(); line != null && !line.equals("stop"); line = commands.readLine()) {
				answers.println(answer(player, line.split(" ")));
			}
		}
		catch (Exception ex) {
			LoggerFactory.getLogger(ContenderProcess.class).error("Contender '{}' failed", args[0], ex);
		}
		finally {
			Runtime.getRuntime().halt(0);
		}
	}

	private static Player player(Contender contender, Role role, Place place) throws Exception {
		return switch (role) {
			case PUBLISHER -> new Publishing(contender.publisher(place), place.workload());
			case CONSUMER -> Consuming.of(contender, place);
			case REQUESTER -> new Requesting(contender.requester(place), place.workload());
			case RESPONDER -> new Responding(contender.responder(place));
		};
	}

	private static String answer(Player player, String[] command) {
		try {
			if (!command[0].equals("play")) {
				return "FAILED No command '%s'".formatted(command[0]);
			}
			return player.play(Long.parseLong(command[1])).line();
		}
		catch (Exception ex) {
			LoggerFactory.getLogger(ContenderProcess.class).error("Round failed", ex);
			return "FAILED " + ex;
		}
	}

}
