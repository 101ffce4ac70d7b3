package io.gestalt.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;

import com.sun.management.UnixOperatingSystemMXBean;

/** The command line of what is measured with many connections. */
final class Peers {

	// What a JVM opens besides, generously.
	private static final int SPARE_FILES = 300;

	private Peers() {
	}

	/**
	 * Reads the command line, whose flags win over those before.
	 * @throws IllegalArgumentException if a flag or its value is not known
	 * @throws IllegalStateException if so many connections cannot be open
	 */
	static Options options(String[] args, String... before) {
		Options options = Options
			.parse(Stream.concat(Arrays.stream(before), Arrays.stream(args)).toArray(String[]::new));
		checkOpenFiles(options.peers().get(options.peers().size() - 1));
		return options;
	}

	private static void checkOpenFiles(int peers) {
		int needed = peers + SPARE_FILES;
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
				&& system.getMaxFileDescriptorCount() < needed) {
			throw new IllegalStateException(
					"%d peers need %d open files, but the limit is %d: raise it by 'ulimit -n %d'".formatted(peers,
							needed, system.getMaxFileDescriptorCount(), needed));
		}
	}

}
