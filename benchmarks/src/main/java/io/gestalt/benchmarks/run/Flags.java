package io.gestalt.benchmarks.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The flags of a command line.
 *
 * @param values by their names, {@code --rounds=5} by {@code rounds}
 */
public record Flags(Map<String, String> values) {

	/**
	 * Reads the command line.
	 * @param defaults values of all flags there are, besides those of {@link Schedule}
	 * @param usage is shown if a flag is not known
	 * @param arguments the command line
	 * @throws IllegalArgumentException if a flag is not known
	 */
	public static Flags parse(Map<String, String> defaults, String usage, String... arguments) {
		Map<String, String> values = new LinkedHashMap<>(Schedule.STANDARD);
		values.putAll(defaults);
		for (String argument : arguments) {
			if (argument.equals("--quick")) {
				values.putAll(Schedule.QUICK);
				continue;
			}
			String[] flag = argument.split("=", 2);
			String name = flag[0].startsWith("--") ? flag[0].substring(2) : "";
			if (flag.length != 2 || values.replace(name, flag[1]) == null) {
				throw new IllegalArgumentException("No option '%s'; there are%n%s".formatted(argument, usage));
			}
		}
		return new Flags(values);
	}

	/** A value as it is. */
	public String text(String name) {
		return this.values.getOrDefault(name, "");
	}

	/** A number of at least one. */
	public int count(String name) {
		return count(name, text(name));
	}

	/** A number of at least one, out of a flag that holds several. */
	public static int count(String name, String value) {
		int count = Integer.parseInt(value);
		if (count < 1) {
			throw new IllegalArgumentException("--%s is %d, but must be at least 1".formatted(name, count));
		}
		return count;
	}

	/** A length of time in seconds. */
	public Duration seconds(String name) {
		return Duration.ofMillis((long) (Double.parseDouble(text(name)) * 1000));
	}

}
