package io.gestalt.boot.failed;

import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.store.BoundedStore;
import io.gestalt.failed.store.FileJournal;
import io.gestalt.failed.store.StoreLimits;
import io.gestalt.test.process.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class FailedMessagesProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int KILLED = 137;

	@TempDir
	private Path directory;

	private Path file() {
		return this.directory.resolve("failed.log");
	}

	private JavaProcess start() {
		return JavaProcess.start(FailingApplication.class, List.of("-Xmx128m"),
				List.of("--gestalt.tcp.server.orders.port=0", "--gestalt.tcp.server.orders.address=127.0.0.1",
						"--gestalt.failed-messages.store=file", "--gestalt.failed-messages.file=" + file(),
						"--gestalt.failed-messages.max-messages=1000000", "--gestalt.failed-messages.max-bytes=500MB",
						"--gestalt.amqp.embedded.enabled=false", "--logging.level.io.gestalt=error"));
	}

	private static Socket connect(JavaProcess application) throws Exception {
		int port = Integer.parseInt(application.awaitOutput("started at \\[.*:(\\d+)\\]", PATIENCE).group(1));
		return new Socket(InetAddress.getLoopbackAddress(), port);
	}

	private static void send(DataOutputStream out, int number) throws Exception {
		byte[] bytes = String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	@Test
	void whatHasFailedBeforeAKillIsThereAfterIt() throws Exception {
		int sent = 0;
		int known = 0;
		for (int kill = 1; kill <= 3; kill++) {
			try (JavaProcess application = start(); Socket socket = connect(application)) {
				DataOutputStream out = new DataOutputStream(socket.getOutputStream());
				for (int i = 0; i < 2000; i++) {
					send(out, ++sent);
				}
				application.awaitOutput("kept=%d\n".formatted(known + 500), PATIENCE);
				application.close();
				assertThat(application.awaitExit(PATIENCE)).isEqualTo(KILLED);
				known = kept(application.output());
			}
			List<FailedMessage> after = read();
			assertThat(after.size()).isGreaterThanOrEqualTo(known).isLessThanOrEqualTo(sent);
			assertThat(after).extracting(FailedMessage::id).doesNotHaveDuplicates().isSorted();
			assertThat(after)
				.extracting((message) -> new String(message.content().payload(), StandardCharsets.US_ASCII))
				.doesNotHaveDuplicates();
			known = after.size();
		}
	}

	/** The last that it said. */
	private static int kept(String output) {
		return output.lines()
			.filter((line) -> line.matches("kept=\\d+"))
			.mapToInt((line) -> Integer.parseInt(line.substring(5)))
			.max()
			.orElse(0);
	}

	private List<FailedMessage> read() {
		try (BoundedStore store = new BoundedStore(new StoreLimits(1_000_000, 500_000_000),
				FileJournal.open(file(), false))) {
			return store.list(null, 0, Integer.MAX_VALUE);
		}
	}

}
