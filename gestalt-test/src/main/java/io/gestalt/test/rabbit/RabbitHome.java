package io.gestalt.test.rabbit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the nodes of a cluster share: a directory with their secret and their files, and
 * the mapper that knows their ports. It goes with the last of them.
 */
final class RabbitHome {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final long PAUSE = Duration.ofMillis(5).toNanos();

	private final Path directory;

	private final Set<Object> nodes = new HashSet<>();

	private final int mapperPort = freePort();

	private final KeptProcess mapper;

	RabbitHome() {
		try {
			this.directory = Files.createTempDirectory("rabbit");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.mapper = KeptProcess.start(environment(), "epmd", "-address", "127.0.0.1", "-port",
				String.valueOf(this.mapperPort));
		awaitMapper();
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A node that found no mapper would start one that nobody ends. */
	private void awaitMapper() {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < deadline) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.mapperPort)) {
				return;
			}
			catch (IOException ex) {
				LockSupport.parkNanos(PAUSE);
			}
		}
		close();
		throw new IllegalStateException("The port mapper does not answer at port %d".formatted(this.mapperPort));
	}

	/** Gives a node a directory for its files. */
	synchronized Path enter(Object node, String name) {
		this.nodes.add(node);
		try {
			return Files.createDirectory(this.directory.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Map<String, String> environment() {
		return Map.of("HOME", this.directory.toString(), "ERL_EPMD_PORT", String.valueOf(this.mapperPort),
				"ERL_EPMD_ADDRESS", "127.0.0.1");
	}

	synchronized void leave(Object node) {
		if (this.nodes.remove(node) && this.nodes.isEmpty()) {
			close();
		}
	}

	private void close() {
		this.mapper.end(true);
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
