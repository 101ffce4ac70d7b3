package io.gestalt.boot.lifecycle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sends {@code name:1}, {@code name:2} and so on as fast as it can until the connection
 * ends, and keeps what comes back.
 */
final class NumberingClient implements AutoCloseable {

	/** Bounds how many messages are in the bytes that the server reads at once. */
	private static final String PADDING = " ".repeat(1000);

	private final String name;

	private final Socket socket;

	private final List<String> replies = Collections.synchronizedList(new ArrayList<>());

	private final Thread writer = new Thread(this::write);

	private final Thread reader = new Thread(this::read);

	NumberingClient(String name, int port) throws IOException {
		this.name = name;
		this.socket = new Socket("localhost", port);
		this.writer.start();
		this.reader.start();
	}

	private void write() {
		try {
			OutputStream out = this.socket.getOutputStream();
			for (int number = 1; true; number++) {
				out.write("%s:%d%s\n".formatted(this.name, number, PADDING).getBytes(StandardCharsets.US_ASCII));
			}
		}
		catch (IOException ex) {
			// The server has stopped, which is what the test is about.
		}
	}

	private void read() {
		try (BufferedReader in = new BufferedReader(
				new InputStreamReader(this.socket.getInputStream(), StandardCharsets.US_ASCII))) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				this.replies.add(line);
			}
		}
		catch (IOException ex) {
			// The same end.
		}
	}

	String name() {
		return this.name;
	}

	List<String> replies() {
		return List.copyOf(this.replies);
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.socket.close();
		this.writer.join();
		this.reader.join();
	}

}
