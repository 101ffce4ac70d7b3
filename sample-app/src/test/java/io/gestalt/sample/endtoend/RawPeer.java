package io.gestalt.sample.endtoend;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A peer that knows nothing but bytes. */
final class RawPeer implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 10_000;

	private final Socket socket;

	private final DataInputStream in;

	private final DataOutputStream out;

	RawPeer(int port) throws IOException {
		this.socket = new Socket("localhost", port);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.in = new DataInputStream(this.socket.getInputStream());
		this.out = new DataOutputStream(this.socket.getOutputStream());
	}

	void send(String text) throws IOException {
		this.out.write(text.getBytes(StandardCharsets.US_ASCII));
	}

	/** What {@code nc -N} does at the end of its input. */
	void halfClose() throws IOException {
		this.socket.shutdownOutput();
	}

	/** Everything until the other end closes. */
	String rest() throws IOException {
		return new String(this.in.readAllBytes(), StandardCharsets.US_ASCII);
	}

	/** Waits until the other end closes, in an orderly way or not. */
	boolean isClosedByTheOther() throws IOException {
		try {
			return this.in.read() < 0;
		}
		catch (SocketException ex) {
			return true;
		}
	}

	/** The next line with its end. */
	String line() throws IOException {
		StringBuilder line = new StringBuilder();
		while (line.indexOf("\n") < 0) {
			line.append((char) this.in.readUnsignedByte());
		}
		return line.toString();
	}

	/** Sends four bytes of length and a text, and reads the same. */
	String ask(String json) throws IOException {
		byte[] question = json.getBytes(StandardCharsets.UTF_8);
		this.out.writeInt(question.length);
		this.out.write(question);
		return new String(this.in.readNBytes(this.in.readInt()), StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
