package io.gestalt.benchmarks.server.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How often the threads of this process have waited and gone on: the voluntary context
 * switches that Linux counts, 0 elsewhere. It tells whether a change of CPU time comes
 * with a change of batches.
 */
final class WakeUps {

	private static final Path THREADS = Path.of("/proc/self/task");

	private static final String LABEL = "voluntary_ctxt_switches:";

	private WakeUps() {
	}

	static long total() {
		if (!Files.isDirectory(THREADS)) {
			return 0;
		}
		long total = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
			for (Path thread : threads) {
				total += of(thread);
			}
		}
		catch (IOException ex) {
			return 0;
		}
		return total;
	}

	// A thread may end while it is looked at.
	private static long of(Path thread) {
		try {
			return Files.readAllLines(thread.resolve("status"))
				.stream()
				.filter((line) -> line.startsWith(LABEL))
				.mapToLong((line) -> Long.parseLong(line.substring(LABEL.length()).strip()))
				.sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
